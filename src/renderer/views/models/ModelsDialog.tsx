import { Button, Modal } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { useView } from '../../state/view.ts';
import { ExportModel } from './ExportModel.tsx';
import { ImportModel } from './ImportModel.tsx';
import { ModelTable } from './ModelTable.tsx';
import './models.css';

/** What is open below the table. */
type Form = { readonly kind: 'import' } | { readonly kind: 'export'; readonly modelId: string } | undefined;

/** The models that there are: which is used by default, and their way to and from other machines. */
export function ModelsDialog() {
  const engine = useEngine();
  const queries = useQueryClient();
  const setView = useView((state) => state.set);
  const [form, setForm] = useState<Form>(undefined);
  const models = useQuery({ queryKey: ['models'], queryFn: () => engine.models.list() });
  const preferred = useQuery({ queryKey: ['preferred-model'], queryFn: () => engine.models.preferred() });
  const settle = {
    onSuccess: () => queries.invalidateQueries(),
    onError: (error: unknown) => notifyError('The default model was not changed', error),
  };
  const promote = useMutation({ mutationFn: (modelId: string) => engine.models.promote({ modelId }), ...settle });
  const rollBack = useMutation({ mutationFn: () => engine.models.rollBack(), ...settle });
  const promoted = preferred.data?.promoted ?? [];
  const failure = models.error ?? preferred.error;

  return (
    <Modal opened onClose={() => setView({ dialog: undefined })} title="Models" size={1040}>
      <div className="models">
        {failure !== null && <ErrorBox what="The models could not be listed" why={sentenceOf(failure)} />}
        {models.data?.length === 0 && <p className="quiet">No model is installed. Import one, or train one.</p>}
        {models.data !== undefined && models.data.length > 0 && (
          <ModelTable
            models={models.data}
            defaultId={preferred.data?.modelId ?? undefined}
            isBusy={promote.isPending || rollBack.isPending}
            onPromote={(modelId) => promote.mutate(modelId)}
            onExport={(modelId) => setForm({ kind: 'export', modelId })}
          />
        )}
        {form?.kind === 'export' && (
          <ExportModel key={form.modelId} modelId={form.modelId} onDone={() => setForm(undefined)} />
        )}
        {form?.kind === 'import' && <ImportModel onDone={() => setForm(undefined)} />}
        {form === undefined && (
          <div className="models__actions">
            {promoted.length > 0 && (
              <Button loading={rollBack.isPending} onClick={() => rollBack.mutate()}>
                Take back that {promoted.at(-1)} is the default
              </Button>
            )}
            <Button onClick={() => setForm({ kind: 'import' })}>Import a model…</Button>
          </div>
        )}
      </div>
    </Modal>
  );
}
