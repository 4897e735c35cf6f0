import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEngine } from '../../api/engine-context.tsx';
import { openProjectFile } from '../../api/open-project-file.ts';
import { notifyError } from '../../api/notify.ts';
import { useOnline } from '../../api/use-online.ts';
import { progressText } from '../../components/format.ts';
import { Icon, Mark } from '../../components/Icon.tsx';
import { useOpening } from '../../state/opening.ts';
import { useProgress } from '../../state/progress.ts';
import { useView } from '../../state/view.ts';
import { OpeningSky } from '../open/OpeningSky.tsx';
import { useWarmSky } from '../sky/use-warm-sky.ts';
import './start-page.css';

export function StartPage() {
  const engine = useEngine();
  const isOnline = useOnline();
  useWarmSky();
  const setView = useView((state) => state.set);
  // The dialog lies over this page and shows it itself.
  const isDialogOpen = useView((state) => state.dialog === 'open');
  const task = useProgress((state) => state.task);
  const isSkySeen = useOpening((state) => state.sky !== undefined);
  const demo = useMutation({
    mutationFn: () => engine.project.openDemo(),
    onError: (error) => notifyError('The demo field was not opened', error),
  });
  const openFile = useMutation({
    mutationFn: (path: string) => openProjectFile(engine, path),
    onError: (error) => notifyError('The project was not opened', error),
  });
  const isBusy = demo.isPending || openFile.isPending || task !== undefined || isSkySeen;

  return (
    <div className="start">
      <div className="start__column">
        <div className="start__title">
          <Mark size={32} />
          <h1>Lobate</h1>
        </div>
        <p className="start__sentence">
          Finds the PyBDSF sources that are pieces of one larger radio source, and shows each with its probability on
          the sky.
        </p>
        {isBusy ? (
          <>
            <Work
              label={task?.label ?? (demo.isPending ? 'Opening the demo field' : 'Opening the project')}
              fraction={task?.fraction ?? null}
              secondsLeft={task?.secondsLeft ?? null}
            />
            <Button style={{ alignSelf: 'start' }} onClick={() => void engine.project.cancelOpening()}>
              Cancel
            </Button>
          </>
        ) : (
          <div className="start__actions">
            <Button variant="filled" size="sm" onClick={() => demo.mutate()}>
              Open the demo field
            </Button>
            <Button size="sm" onClick={() => setView({ dialog: 'open' })} leftSection={<Icon name="folder" />}>
              Open a mosaic and a catalogue…
            </Button>
          </div>
        )}
        {isSkySeen && !isDialogOpen ? (
          <div className="start__sky">
            <OpeningSky />
          </div>
        ) : (
          <Recent isBusy={isBusy} onOpen={(path) => openFile.mutate(path)} />
        )}
        <p className="quiet small start__foot">
          The demo is a simulated LoTSS-like field of known truth. It is made at the first start and kept.{' '}
          {isOnline ? 'Online surveys are switched on.' : 'Nothing leaves this machine.'}
        </p>
      </div>
    </div>
  );
}

/** The projects that were opened last. */
function Recent({ isBusy, onOpen }: { readonly isBusy: boolean; readonly onOpen: (path: string) => void }) {
  const engine = useEngine();
  const recent = useQuery({ queryKey: ['recent'], queryFn: () => engine.project.recent() });
  return (
    <>
      <h2 className="start__heading">Recent</h2>
      {recent.data !== undefined && recent.data.length > 0 ? (
        <ul className="start__recent">
          {recent.data.map((entry) => (
            <li key={entry.path}>
              <button type="button" disabled={!entry.exists || isBusy} onClick={() => onOpen(entry.path)}>
                <span className="cut">{entry.name}</span>
                <span className="quiet small cut" title={entry.path}>
                  {entry.exists ? entry.path : 'The project file is not there any more.'}
                </span>
                <span className="quiet small">{entry.openedAt.slice(0, 10)}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet" style={{ margin: '8px 0' }}>
          {recent.isPending ? ' ' : 'Fields that you open are listed here.'}
        </p>
      )}
    </>
  );
}

interface WorkProps {
  readonly label: string;
  readonly fraction: number | null;
  readonly secondsLeft: number | null;
}

function Work({ label, fraction, secondsLeft }: WorkProps) {
  return (
    <div role="status" className="start__work">
      <div style={{ display: 'flex' }}>
        <span>{label}</span>
        <span className="quiet" style={{ marginLeft: 'auto' }}>
          {progressText(fraction, secondsLeft)}
        </span>
      </div>
      <div className="start__bar">
        <div style={{ width: `${(fraction ?? 0) * 100}%` }} />
      </div>
    </div>
  );
}
