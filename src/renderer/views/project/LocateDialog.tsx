import { Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InputPlace } from '../../../contract/session.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { openProjectFile } from '../../api/open-project-file.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { Icon } from '../../components/Icon.tsx';
import { useLocating } from '../../state/locating.ts';
import { useView } from '../../state/view.ts';
import './project-dialogs.css';

const folderOf = (path: string): string => path.replace(/[/\\][^/\\]*$/, '');

/** Asks where the moved files of a project are now. They are known again by their content, whatever their names. */
export function LocateDialog() {
  const engine = useEngine();
  const project = useLocating((state) => state.project) ?? '';
  const setView = useView((state) => state.set);
  const [folder, setFolder] = useState(folderOf(project));
  const [found, setFound] = useState<readonly InputPlace[] | undefined>(undefined);
  const inputs = useQuery({ queryKey: ['inputs', project], queryFn: () => engine.session.inputs({ project }) });
  const close = (): void => setView({ dialog: undefined });
  const look = useMutation({
    mutationFn: () => engine.session.locate({ project, folder }),
    onSuccess: async (places) => {
      setFound(places);
      if (!places.every(({ isThere }) => isThere)) return;
      close();
      await openProjectFile(engine, project);
    },
  });
  const places = found ?? inputs.data ?? [];
  const missing = places.filter(({ isThere }) => !isThere);
  const failure = look.error ?? inputs.error;

  return (
    <Modal opened onClose={close} title="Files of this project have moved" size={640}>
      <form
        className="project-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          look.mutate();
        }}
      >
        <ul className="project-dialog__files">
          {places.map(({ path, role, isThere }) => (
            <li key={`${role} ${path}`} data-missing={isThere ? undefined : true}>
              <Icon name={isThere ? 'check' : 'warning'} size={13} />
              <span className="cut" title={path}>
                {path}
              </span>
              <span className="quiet small">{isThere ? 'found' : `${role}, not found`}</span>
            </li>
          ))}
        </ul>
        <TextInput
          label="Folder to look in, with those below it"
          value={folder}
          onChange={(event) => setFolder(event.currentTarget.value)}
          data-autofocus
        />
        <p className="quiet small">
          The files are known again by their content, so they may have other names. Nothing in them is changed.
        </p>
        {failure !== null && (
          <p role="alert" className="project-dialog__failure">
            {sentenceOf(failure)}
          </p>
        )}
        {found !== undefined && missing.length > 0 && failure === null && (
          <p role="alert" className="project-dialog__failure">
            {missing.length === 1 ? 'One file is' : `${missing.length} files are`} not in this folder.
          </p>
        )}
        <footer>
          <Button onClick={close}>Cancel</Button>
          <Button type="submit" variant="filled" loading={look.isPending} disabled={folder.trim() === ''}>
            Look there
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
