import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../../api/engine-context.tsx';
import { desktopApi } from '../../api/desktop.ts';
import { notify } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';

interface ExportModelProps {
  readonly modelId: string;
  readonly onDone: () => void;
}

/** A model as one file, for another machine. */
export function ExportModel({ modelId, onDone }: ExportModelProps) {
  const engine = useEngine();
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const place = useQuery({
    queryKey: ['model-place', modelId],
    queryFn: () => engine.models.exportPlace({ modelId }),
  });
  const path = typed ?? place.data?.path ?? '';
  const save = useMutation({
    mutationFn: () => engine.models.export({ modelId, path }),
    onSuccess: (written) => {
      notify('info', `${modelId} written to ${written.path}`);
      onDone();
    },
  });
  return (
    <form
      className="models__form"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput
        data-autofocus
        label={`${modelId} in one file`}
        description={desktopApi() === undefined ? 'On the machine that the engine runs on.' : undefined}
        inputWrapperOrder={['label', 'input', 'description']}
        value={path}
        spellCheck={false}
        onChange={(event) => {
          save.reset();
          setTyped(event.currentTarget.value);
        }}
      />
      {save.isError && <ErrorBox what="It was not exported" why={sentenceOf(save.error)} />}
      <div className="models__actions">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={path === ''} loading={save.isPending}>
          Export
        </Button>
      </div>
    </form>
  );
}
