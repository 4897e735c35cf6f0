import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { PROVIDER_LABELS } from '../../contract/device-schemas.ts';
import { Icon, Mark } from '../components/Icon.tsx';
import { useField } from '../state/field.ts';
import { useProgress } from '../state/progress.ts';
import { useView } from '../state/view.ts';
import { SampMenu } from '../views/samp/SampMenu.tsx';
import { FieldMenu } from './FieldMenu.tsx';
import { GoToBox } from './GoToBox.tsx';
import { TrainingStatus } from '../views/training/TrainingStatus.tsx';
import { RunStatus } from './RunStatus.tsx';

export function TitleBar() {
  const project = useField((state) => state.project);
  const setView = useView((state) => state.set);
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('dark');
  const isDark = scheme === 'dark';

  return (
    <header className="title-bar">
      <div className="title-bar__brand">
        <Mark />
        Lobate
      </div>
      {project !== null && project !== undefined && (
        <>
          <FieldMenu project={project} />
          <div className="title-bar__search">
            <GoToBox />
          </div>
        </>
      )}
      <div className="title-bar__right">
        <TrainingStatus />
        <RunStatus />
        <Processor />
        <SampMenu />
        <Tooltip label={isDark ? 'Light theme' : 'Dark theme'}>
          <ActionIcon
            aria-label={isDark ? 'Light theme' : 'Dark theme'}
            onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
          >
            <Icon name={isDark ? 'sun' : 'moon'} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Keyboard and mouse (?)">
          <ActionIcon aria-label="Keyboard and mouse" onClick={() => setView({ dialog: 'keys' })}>
            <Icon name="help" />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

/** What computes, or computed last. */
function Processor() {
  const connection = useProgress((state) => state.connection);
  const progress = useProgress((state) => state.run);
  const stored = useField((state) => state.project?.run);
  if (connection === 'lost') return <span style={{ color: 'var(--warning)' }}>Reconnecting…</span>;
  if (connection === 'refused') return <span style={{ color: 'var(--warning)' }}>Not connected</span>;
  const device = (progress?.run ?? stored)?.devices.at(-1);
  if (device === undefined) return null;
  return (
    <Tooltip
      label={`The network runs on ${device.adapter}${device.why === null ? '' : `. ${device.why}`}`}
      multiline
      maw={320}
    >
      <span className="title-bar__processor quiet small cut" style={{ maxWidth: 160 }}>
        {PROVIDER_LABELS[device.provider]}
      </span>
    </Tooltip>
  );
}
