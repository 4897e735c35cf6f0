import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notify } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { useView } from '../../state/view.ts';
import './project-dialogs.css';

/** A copy of the project to give away. */
export function SaveCopyDialog({ project }: { readonly project: ProjectSummary }) {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const [path, setPath] = useState(project.path.replace(/\.lobate$/, '-copy.lobate'));
  const close = (): void => setView({ dialog: undefined });
  const save = useMutation({
    mutationFn: () => engine.session.saveCopy({ path }),
    onSuccess: (saved) => {
      close();
      notify('info', `The copy is ${saved.path}.`);
    },
  });
  return (
    <Modal opened onClose={close} title="Save a copy to share" size={640}>
      <form
        className="project-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <TextInput label="File" value={path} onChange={(event) => setPath(event.currentTarget.value)} data-autofocus />
        <p className="quiet small">
          One file with runs, labels and the view. Mosaics and catalogues are not in it: they are named relative to the
          copy, and whoever opens it is asked for them where they lie elsewhere.
        </p>
        {save.error !== null && (
          <p role="alert" className="project-dialog__failure">
            {sentenceOf(save.error)}
          </p>
        )}
        <footer>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" loading={save.isPending} disabled={path.trim() === ''}>
            Save copy
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
