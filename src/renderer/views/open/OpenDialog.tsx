import { Button, Modal } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { OpenRequest } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { openProjectFile } from '../../api/open-project-file.ts';
import { refusalKind, sentenceOf } from '../../api/refusal.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { duration } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { Empty } from '../../components/Panel.tsx';
import { useOpening } from '../../state/opening.ts';
import type { Task } from '../../state/progress.ts';
import { useProgress } from '../../state/progress.ts';
import { useView } from '../../state/view.ts';
import { chosenRole, NO_CHOICE, roleOf, toggled, without } from '../../state/file-roles.ts';
import type { Choice } from '../../state/file-roles.ts';
import { MappingPane } from '../columns/MappingPane.tsx';
import { ChosenFiles, NativeDialogs } from './ChosenFiles.tsx';
import { OpeningSky } from './OpeningSky.tsx';
import { useLeaveForField } from './use-leave-for-field.ts';
import { FileRow, moveAmongRows, PathLine } from './FileRows.tsx';
import type { Entry } from './FileRows.tsx';
import './open-dialog.css';

/** Refusals that another column or unit can mend. */
const COLUMN_REFUSALS: ReadonlySet<string> = new Set([
  'catalogue-column-missing',
  'catalogue-column-not-numeric',
  'catalogue-unit-unknown',
  'catalogue-value-out-of-range',
]);

/** Chooses the files of a field from the folders that the engine may show. */
export function OpenDialog() {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const task = useProgress((state) => state.task);
  const [folder, setFolder] = useState<string | undefined>(undefined);
  const { choice, setChoice, reading, setReading } = useOpening();
  const [areColumnsShown, setColumnsShown] = useState(false);
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
    onError: (error) => {
      if (useView.getState().dialog !== 'open') notifyError('The field was not opened', error);
      else if (COLUMN_REFUSALS.has(refusalKind(error) ?? '')) setColumnsShown(true);
    },
  });
  useLeaveForField(open.isPending, close);
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
      ...(reading.units === undefined ? {} : { units: reading.units }),
      ...(reading.map.length === 0 ? {} : { map: reading.map }),
    });
  };
  const isReady = choice.mosaics.length > 0 && choice.catalogue !== undefined;
  const areColumnsOpen = areColumnsShown && choice.catalogue !== undefined;
  const refused = open.error ?? openFile.error;
  const kind = refusalKind(refused) ?? '';
  // Whoever stopped it knows; the columns say it themselves, and of every choice anew.
  const isKnown = kind === 'cancelled' || (areColumnsOpen && COLUMN_REFUSALS.has(kind));
  const failure = isKnown ? null : refused;
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
          {isBusy && <OpeningSky />}
          {areColumnsOpen ? (
            <MappingPane
              path={choice.catalogue}
              reading={reading}
              onReading={(next) => {
                forgetRefusals();
                setReading(next);
              }}
            />
          ) : (
            <>
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
            </>
          )}
        </div>
        <aside className="open__chosen">
          <ChosenFiles choice={choice} onChange={changeChoice} />
          {choice.catalogue !== undefined && (
            <Button onClick={() => setColumnsShown(!areColumnsShown)}>
              {areColumnsShown ? 'Back to the files' : 'Columns of the catalogue…'}
            </Button>
          )}
          <NativeDialogs />
        </aside>
      </div>
      <footer className="open__foot">
        {failure === null ? (
          <span role="status" className="open__status quiet">
            {isBusy ? (task === undefined ? 'Reading the files…' : taskWords(task)) : missingWords(choice)}
          </span>
        ) : (
          <span role="alert" className="open__status open__status--failure">
            <Icon name="warning" size={14} />
            <span>{sentenceOf(failure)}</span>
            <CopyButton text={sentenceOf(failure)} label="Copy error" />
          </span>
        )}
        <Button onClick={isBusy ? () => void engine.project.cancelOpening() : close}>Cancel</Button>
        <Button variant="filled" disabled={!isReady} loading={isBusy} onClick={submit}>
          Open field
        </Button>
      </footer>
    </Modal>
  );
}

/** What is being done to the files, how far it is and how long it still takes. */
function taskWords({ label, fraction, secondsLeft }: Task): string {
  const percentage = fraction === null ? '' : ` ${Math.floor(100 * fraction)} %`;
  return `${label}…${percentage}${secondsLeft === null ? '' : `, ${duration(secondsLeft)}`}`;
}

/** What is still to be chosen before a field can be opened. */
function missingWords({ mosaics, catalogue }: Choice): string {
  if (mosaics.length === 0 && catalogue === undefined) return 'Choose a mosaic and its source catalogue, or a project.';
  if (mosaics.length === 0) return 'The mosaic is still to be chosen.';
  return catalogue === undefined ? 'The source catalogue is still to be chosen.' : '';
}
