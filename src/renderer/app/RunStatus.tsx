import { Button, Progress, Tooltip } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEngine } from '../api/engine-context.tsx';
import { notifyError } from '../api/notify.ts';
import { count, duration, progressText } from '../components/format.ts';
import { useField } from '../state/field.ts';
import { usePreflight } from '../state/preflight.ts';
import { usePredictions } from '../state/predictions.ts';
import { useProgress } from '../state/progress.ts';

/** What is being computed, how far, how fast, how long still; cancel and resume. */
export function RunStatus() {
  const engine = useEngine();
  const progress = useProgress((state) => state.run);
  const task = useProgress((state) => state.task);
  const holds = useField((state) => state.project?.holds) ?? [];
  const isOpen = useField((state) => state.project !== null && state.project !== undefined);
  const onError = (error: unknown): void => notifyError('The run did not obey', error);
  const showPreflight = usePreflight((state) => state.show);
  const cancel = useMutation({ mutationFn: () => engine.run.cancel(), onError });
  const resume = useMutation({ mutationFn: () => engine.run.resume(), onError });

  if (!isOpen) return null;
  if (task !== undefined) {
    return (
      <Meter
        label={task.label}
        fraction={task.fraction ?? undefined}
        detail={progressText(task.fraction, task.secondsLeft)}
      />
    );
  }
  if (progress === undefined)
    return (
      <>
        {holds.length > 0 && (
          <Tooltip label={holds.map(({ why }) => why).join('; ')} multiline maw={320}>
            <span className="small" style={{ color: 'var(--warning)' }}>
              Not classified
            </span>
          </Tooltip>
        )}
        <Button variant="filled" onClick={() => showPreflight()}>
          Classify…
        </Button>
      </>
    );

  const { run, rowsPerSecond, secondsLeft } = progress;
  const fraction = run.rowsTotal === 0 ? 0 : run.rowsDone / run.rowsTotal;
  switch (run.state) {
    case 'complete':
      return <Outcome rowsTotal={run.rowsTotal} />;
    case 'queued':
    case 'running':
      return (
        <>
          <Tooltip
            label={`${count(run.rowsDone)} of ${count(run.rowsTotal)} rows${rowsPerSecond === null ? '' : ` · ${count(rowsPerSecond)} rows/s`}`}
          >
            <div>
              <Meter
                label="Classifying"
                fraction={fraction}
                detail={`${Math.floor(fraction * 100)} %${secondsLeft === null ? '' : ` · ${duration(secondsLeft)}`}`}
              />
            </div>
          </Tooltip>
          <Button loading={cancel.isPending} onClick={() => cancel.mutate()}>
            Cancel
          </Button>
        </>
      );
    case 'cancelled':
    case 'failed':
      return (
        <>
          <Tooltip label={run.failure ?? `${count(run.rowsDone)} of ${count(run.rowsTotal)} rows are stored.`}>
            <span className="small" style={{ color: run.state === 'failed' ? 'var(--loss)' : 'var(--warning)' }}>
              {run.state === 'failed' ? 'Run failed' : 'Run stopped'} at {Math.floor(fraction * 100)} %
            </span>
          </Tooltip>
          <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate()}>
            Resume
          </Button>
        </>
      );
  }
}

/** What a finished run gave: rows with a probability, apart from those that need none and those that got none. */
function Outcome({ rowsTotal }: { readonly rowsTotal: number }) {
  const scored = usePredictions((state) => state.sorted.length);
  const sisg = useField((state) => state.project?.catalogue.sisgCount ?? 0);
  const without = rowsTotal - scored - sisg;
  const words = [
    `${count(scored)} scored by the network`,
    `${count(sisg)} SISG, class S by rule`,
    ...(without > 0 ? [`${count(without)} without a result (see Status)`] : []),
  ];
  return (
    <Tooltip label={`${words.join('; ')}; ${count(rowsTotal)} rows in all`} multiline maw={280}>
      <span className="quiet small title-bar__outcome">
        Scored {count(scored)} of {count(rowsTotal)}
      </span>
    </Tooltip>
  );
}

interface MeterProps {
  readonly label: string;
  readonly fraction: number | undefined;
  readonly detail: string;
}

function Meter({ label, fraction, detail }: MeterProps) {
  return (
    <div style={{ width: 168 }} role="status">
      <div className="small" style={{ display: 'flex', gap: 8, lineHeight: '16px' }}>
        <span className="cut">{label}</span>
        <span className="quiet" style={{ marginLeft: 'auto', whiteSpace: 'nowrap' }}>
          {detail}
        </span>
      </div>
      <Progress
        size={3}
        value={(fraction ?? 1) * 100}
        animated={fraction === undefined}
        transitionDuration={0}
        aria-label={label}
      />
    </div>
  );
}
