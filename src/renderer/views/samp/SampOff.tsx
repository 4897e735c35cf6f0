import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEngine } from '../../api/engine-context.tsx';
import { sentenceOf } from '../../api/refusal.ts';
import { useSamp } from '../../state/samp.ts';

/** What SAMP would do, and the switch. */
export function SampOff({ ended }: { readonly ended: string | null }) {
  const engine = useEngine();
  const setState = useSamp((store) => store.setState);
  const connect = useMutation({ mutationFn: () => engine.samp.connect(), onSuccess: setState });
  const failure = connect.error === null ? ended : sentenceOf(connect.error);
  return (
    <div className="samp">
      <p>
        Exchange tables, images and the source you look at with TOPCAT, DS9 and Aladin on this machine (SAMP).
        <span className="quiet"> Nothing is sent or received until you connect.</span>
      </p>
      {failure !== null && (
        <p role="alert" className="samp__failure">
          {failure}
        </p>
      )}
      <Button data-autofocus variant="filled" loading={connect.isPending} onClick={() => connect.mutate()}>
        Connect
      </Button>
    </div>
  );
}
