import { Button, Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { SampState } from '../../../contract/samp.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { useField } from '../../state/field.ts';
import { useSamp } from '../../state/samp.ts';
import { SampHosts } from './SampHosts.tsx';
import { SampOffers } from './SampOffers.tsx';
import { SampSend } from './SampSend.tsx';

interface SampConnectedProps {
  readonly state: SampState;
  /** An offer is being opened: the panel is in the way. */
  readonly onOpened: () => void;
}

/** Who is there, what they can be sent, and what they offer. */
export function SampConnected({ state, onOpened }: SampConnectedProps) {
  const engine = useEngine();
  const { isFollowed, setFollowed, setState } = useSamp();
  const hasField = useField((store) => store.sources !== undefined);
  const disconnect = useMutation({ mutationFn: () => engine.samp.disconnect(), onSuccess: setState });
  const { peers, received } = state;
  return (
    <div className="samp">
      <header>
        <span role="status">
          {peers.length === 0 ? (
            <>
              Connected. <span className="quiet">No other program is there yet.</span>
            </>
          ) : (
            <>
              Connected with <strong>{peers.map(({ name }) => name).join(', ')}</strong>
            </>
          )}
        </span>
        <Button size="compact-xs" loading={disconnect.isPending} onClick={() => disconnect.mutate()}>
          Disconnect
        </Button>
      </header>
      {received.length > 0 && <SampOffers offers={received} onOpened={onOpened} />}
      {hasField && (
        <>
          <SampSend peers={peers} />
          <Checkbox
            size="xs"
            label="Others follow the source I look at"
            checked={isFollowed}
            onChange={(event) => setFollowed(event.currentTarget.checked)}
          />
        </>
      )}
      <SampHosts />
    </div>
  );
}
