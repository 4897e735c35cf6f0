import { Button, Modal } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OpenRequest } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { openProjectFile } from '../../api/open-project-file.ts';
import { desktopApi } from '../../api/desktop.ts';
import { notifyError } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Empty } from '../../components/Panel.tsx';
import { useOpening } from '../../state/opening.ts';
import { useProgress } from '../../state/progress.ts';
import { useView } from '../../state/view.ts';
import { chosenRole, NO_CHOICE, roleOf, toggled, without } from '../../state/file-roles.ts';
import type { Choice, FileRole } from '../../state/file-roles.ts';
import { FileRow, moveAmongRows, PathLine, ROLE_WORDS } from './FileRows.tsx';
import type { Entry } from './FileRows.tsx';
import './open-dialog.css';

const ROLES: readonly { readonly role: Exclude<FileRole, 'project'>; readonly label: string; readonly hint: string }[] =
  [
    { role: 'mosaic', label: 'Mosaics', hint: 'one or more FITS images' },
    { role: 'catalogue', label: 'Source catalogue', hint: 'PyBDSF .srl' },
    { role: 'gaussians', label: 'Gaussians', hint: 'optional, .gaul' },
    { role: 'lr', label: 'Likelihood ratios', hint: 'optional' },
  ];

/** Chooses the files of a field from the folders that the engine may show. */
export function OpenDialog() {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const task = useProgress((state) => state.task);
  const [folder, setFolder] = useState<string | undefined>(undefined);
  const choice = useOpening((state) => state.choice);
  const setChoice = useOpening((state) => state.setChoice);
  const close = (): void => setView({ dialog: undefined });

  const listing = useQuery({
    queryKey: ['files', folder],
    queryFn: () => engine.files.list(folder === undefined ? {} : { path: folder }),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  const open = useMutation({
    mutationFn: (request: OpenRequest) => engine.project.open(request),
    onSuccess: () => {
      setChoice(NO_CHOICE);
      // The report before a run may have taken this dialog's place.
      if (useView.getState().dialog === 'open') close();
    },
  });
  const openFile = useMutation({
    mutationFn: (path: string) => openProjectFile(engine, path),
    onSuccess: () => {
      // Where its files have moved, another dialog has taken this one's place.
      if (useView.getState().dialog === 'open') close();
    },
  });
  /** A refusal is about what was chosen then: it goes with the next choice. */
  const forgetRefusals = (): void => {
    open.reset();
    openFile.reset();
  };
  const changeChoice = (next: Choice): void => {
    forgetRefusals();
    setChoice(next);
  };

  const enter = (path: string): void => {
    forgetRefusals();
    setFolder(path);
  };
  const choose = (entry: Entry): void => {
    if (entry.kind === 'folder') {
      enter(entry.path);
      return;
    }
    forgetRefusals();
    const role = roleOf(entry.name, entry.kind);
    if (role === 'project') {
      openFile.mutate(entry.path);
      return;
    }
    const present = chosenRole(choice, entry.path);
    setChoice(present === undefined ? toggled(choice, entry.path, role) : without(choice, entry.path));
  };
  const submit = (): void => {
    if (choice.catalogue === undefined) return;
    open.mutate({
      mosaics: [...choice.mosaics],
      catalogue: choice.catalogue,
      ...(choice.gaussians === undefined ? {} : { gaussians: choice.gaussians }),
      ...(choice.lr === undefined ? {} : { lr: choice.lr }),
    });
  };
  const isReady = choice.mosaics.length > 0 && choice.catalogue !== undefined;
  const failure = open.error ?? openFile.error;
  const isBusy = open.isPending || openFile.isPending;

  return (
    <Modal
      opened
      onClose={close}
      title="Open a field"
      size={1080}
      padding={0}
      styles={{ header: { padding: '8px 12px', minHeight: 40 } }}
    >
      <div className="open">
        <div className="open__files">
          <PathLine listing={listing.data} asked={folder} onFolder={enter} />
          <div
            className="open__list"
            role="listbox"
            aria-label="Files"
            aria-multiselectable="true"
            tabIndex={-1}
            data-autofocus
            onKeyDown={moveAmongRows}
          >
            {listing.isError && (
              <Empty
                title="This folder cannot be shown"
                action={<Button onClick={() => setFolder(undefined)}>Back to the start folder</Button>}
              >
                {sentenceOf(listing.error)}
              </Empty>
            )}
            {listing.data?.entries.map((entry) => (
              <FileRow
                key={entry.path}
                entry={entry}
                role={chosenRole(choice, entry.path)}
                onChoose={() => choose(entry)}
              />
            ))}
            {listing.data?.entries.length === 0 && (
              <Empty title="Nothing to open in this folder">
                FITS files, tables and Lobate projects are shown here.
              </Empty>
            )}
          </div>
        </div>
        <aside className="open__chosen">
          {ROLES.map(({ role, label, hint }) => (
            <ChosenRole key={role} label={label} hint={hint} choice={choice} role={role} onChange={changeChoice} />
          ))}
          <Hint />
        </aside>
      </div>
      <footer className="open__foot">
        {failure === null ? (
          <span role="status" className="open__status quiet">
            {isBusy ? (task?.label ?? 'Reading the files…') : missingWords(choice)}
          </span>
        ) : (
          <span role="alert" className="open__status open__status--failure">
            <Icon name="warning" size={14} />
            <span>{sentenceOf(failure)}</span>
            <CopyButton text={sentenceOf(failure)} label="Copy error" />
          </span>
        )}
        <Button onClick={close}>Cancel</Button>
        <Button variant="filled" disabled={!isReady} loading={isBusy} onClick={submit}>
          Open field
        </Button>
      </footer>
    </Modal>
  );
}

/** What is still to be chosen before a field can be opened. */
function missingWords({ mosaics, catalogue }: Choice): string {
  if (mosaics.length === 0 && catalogue === undefined) return 'Choose a mosaic and its source catalogue, or a project.';
  if (mosaics.length === 0) return 'The mosaic is still to be chosen.';
  return catalogue === undefined ? 'The source catalogue is still to be chosen.' : '';
}

/** The desktop's own dialogs and drops; in a browser, why there are none. */
function Hint() {
  const addPaths = useOpening((state) => state.addPaths);
  const desktop = desktopApi();
  if (desktop === undefined) {
    return (
      <p className="quiet small" style={{ marginTop: 'auto' }}>
        These are the folders of the machine that the engine runs on.
      </p>
    );
  }
  const choose = (purpose: 'mosaics' | 'catalogue') => () => {
    desktop.chooseFiles(purpose).then(addPaths, (error: unknown) => notifyError('The dialog did not open', error));
  };
  return (
    <div className="open__native">
      <Button onClick={choose('mosaics')}>Mosaics…</Button>
      <Button onClick={choose('catalogue')}>Tables…</Button>
      <span className="quiet small">or drop files on the window</span>
    </div>
  );
}

interface ChosenRoleProps {
  readonly label: string;
  readonly hint: string;
  readonly role: Exclude<FileRole, 'project'>;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

function ChosenRole({ label, hint, role, choice, onChange }: ChosenRoleProps) {
  const single = role === 'mosaic' ? undefined : choice[role];
  const chosen = role === 'mosaic' ? choice.mosaics : single === undefined ? [] : [single];
  const roleNames = ROLES.map((entry) => ({ value: entry.role, label: ROLE_WORDS[entry.role] }));
  const move = (path: string, next: string): void => {
    const target = ROLES.find((entry) => entry.role === next)?.role;
    if (target !== undefined) onChange(toggled(without(choice, path), path, target));
  };
  return (
    <div className="open__role">
      <div>
        <strong>{label}</strong> {chosen.length === 0 && <span className="quiet small">{hint}</span>}
      </div>
      {chosen.map((path) => (
        <div key={path} className="open__pick">
          <span className="cut" title={path}>
            {path.split(/[/\\]/).at(-1)}
          </span>
          <select
            aria-label={`Role of ${path}`}
            value={role}
            onChange={(event) => move(path, event.currentTarget.value)}
          >
            {roleNames.map((entry) => (
              <option key={entry.value} value={entry.value}>
                {entry.label}
              </option>
            ))}
          </select>
          <button
            type="button"
            className="link"
            aria-label={`Take out ${path}`}
            onClick={() => onChange(without(choice, path))}
          >
            <Icon name="close" size={12} />
          </button>
        </div>
      ))}
    </div>
  );
}
