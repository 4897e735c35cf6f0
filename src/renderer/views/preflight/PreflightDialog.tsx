import { Button, Modal } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CutoutGeometry } from '../../../core/cutout/cutout-recipe.ts';
import type { PreflightReport } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { count, duration } from '../../components/format.ts';
import { Icon } from '../../components/Icon.tsx';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { UntrainedMark } from '../../components/Untrained.tsx';
import { usePreflight } from '../../state/preflight.ts';
import { useProgress } from '../../state/progress.ts';
import { useView } from '../../state/view.ts';
import { Duplicates, Joins, Missing, Sentences } from './Findings.tsx';
import { GeometryChoice } from './GeometryChoice.tsx';
import { RowsByFate, SisgRules, ValidPixels } from './RowCounts.tsx';
import './preflight.css';

/** What a run would meet, before it is started: rows and rules, cutouts, scale, what is missing, and how long it takes. */
export function PreflightDialog() {
  const engine = useEngine();
  const setView = useView((state) => state.set);
  const modelId = usePreflight((state) => state.modelId);
  const runState = useProgress((state) => state.run)?.run.state;
  const [geometry, setGeometry] = useState<CutoutGeometry | undefined>(undefined);
  const close = (): void => setView({ dialog: undefined });

  const request = {
    ...(modelId === undefined ? {} : { modelId }),
    ...(geometry === undefined ? {} : { geometry }),
  };
  const report = useQuery({
    queryKey: ['preflight', modelId, geometry],
    queryFn: () => engine.project.preflight(request),
    placeholderData: keepPreviousData,
    // The files may have changed, and another model may have been installed.
    staleTime: 0,
    gcTime: 0,
  });
  const start = useMutation({
    mutationFn: (advice: Advice) => engine.run.start({ ...request, ...advice }),
    onSuccess: close,
    onError: (error) => notifyError('The run was not started', error),
  });
  const isRunning = runState === 'running' || runState === 'queued';

  return (
    <Modal
      opened
      onClose={close}
      title="Before a run"
      size={880}
      padding={0}
      styles={{ header: { padding: '8px 12px', minHeight: 40 } }}
    >
      {report.isError ? (
        <ErrorBox
          what="What a run would meet could not be found out"
          why={sentenceOf(report.error)}
          onRetry={() => void report.refetch()}
        />
      ) : report.data === undefined ? (
        <Shape />
      ) : (
        <Report report={report.data} isStale={report.isPlaceholderData} onGeometry={setGeometry} onLeave={close} />
      )}
      <footer className="preflight__foot">
        <span className="preflight__status quiet" role="status">
          {report.data === undefined ? 'Looking at the field…' : footWords(report.data, isRunning)}
        </span>
        {report.data?.run.isTrained === false && <UntrainedMark />}
        <Button onClick={close}>Close</Button>
        <Starts
          report={report.data}
          isDisabled={isRunning || report.isPlaceholderData}
          startingWith={start.isPending ? start.variables : undefined}
          onStart={(advice) => start.mutate(advice)}
        />
      </footer>
    </Modal>
  );
}

function footWords({ run }: PreflightReport, isRunning: boolean): string {
  if (run.modelId === null) return 'No model is installed.';
  if (isRunning) return 'A run is in progress.';
  const rows = `${count(run.networkRows)} rows through ${run.modelId}`;
  return run.secondsEstimated === null ? rows : `${rows}, ${duration(run.secondsEstimated)} on this machine`;
}

/** What the report advises to start with instead; nothing where the run is started as it was looked at. */
interface Advice {
  readonly modelId?: string;
  readonly geometry?: CutoutGeometry;
}

const AS_CHOSEN: Advice = {};

interface StartsProps {
  readonly report: PreflightReport | undefined;
  readonly isDisabled: boolean;
  /** Undefined while no run is being started. */
  readonly startingWith: Advice | undefined;
  readonly onStart: (advice: Advice) => void;
}

/** The cutouts first: with pixels of another size every model sees another sky. */
function advisedStart({ geometry, geometryAdvised, modelAdvised }: PreflightReport['run']) {
  if (geometryAdvised === 'angular' && geometry === 'pixels') {
    return { advice: { geometry: 'angular' } satisfies Advice, label: 'Classify with angular geometry' };
  }
  if (modelAdvised === null) return undefined;
  return { advice: { modelId: modelAdvised } satisfies Advice, label: `Classify with ${modelAdvised}` };
}

/** The ways to start: as chosen, and beside it what the report advises, where something speaks against that. */
function Starts({ report, isDisabled, startingWith, onStart }: StartsProps) {
  const run = report?.run;
  const isHeld = (report?.holds.length ?? 0) > 0;
  const advised = run === undefined ? undefined : advisedStart(run);
  const cannot = isDisabled || run?.modelId == null;
  const asChosen = run?.geometry === 'angular' ? 'Classify, resampled' : 'Classify';
  return (
    <>
      <Button
        variant={advised === undefined ? 'filled' : 'default'}
        data-autofocus={advised === undefined ? true : undefined}
        disabled={cannot}
        loading={startingWith === AS_CHOSEN}
        onClick={() => onStart(AS_CHOSEN)}
      >
        {isHeld ? `${asChosen} anyway` : asChosen}
      </Button>
      {advised !== undefined && (
        <Button
          variant="filled"
          data-autofocus
          disabled={cannot}
          loading={startingWith !== undefined && startingWith !== AS_CHOSEN}
          onClick={() => onStart(advised.advice)}
        >
          {advised.label}
        </Button>
      )}
    </>
  );
}

/** Why the run did not start by itself; the sections below have the numbers. */
function Held({ holds }: { readonly holds: PreflightReport['holds'] }) {
  if (holds.length === 0) return null;
  return (
    <div className="preflight__held" role="note">
      <Icon name="warning" size={16} />
      <div>
        <strong>{holds.length === 1 ? 'One thing' : `${holds.length} things`} to see before a run</strong>
        <ul>
          {holds.map(({ why }) => (
            <li key={why}>{why.charAt(0).toUpperCase() + why.slice(1)}.</li>
          ))}
        </ul>
      </div>
    </div>
  );
}

interface ReportProps {
  readonly report: PreflightReport;
  readonly isStale: boolean;
  readonly onGeometry: (geometry: CutoutGeometry) => void;
  readonly onLeave: () => void;
}

function Report({ report, isStale, onGeometry, onLeave }: ReportProps) {
  return (
    <div className="preflight" data-stale={isStale ? true : undefined}>
      <Held holds={report.holds} />
      <div className="preflight__column">
        <RowsByFate report={report} />
        <SisgRules report={report} />
        <ValidPixels report={report} />
      </div>
      <div className="preflight__column">
        <GeometryChoice report={report} onGeometry={onGeometry} />
        <Joins report={report} />
        <Missing report={report} />
        <Duplicates report={report} onLeave={onLeave} />
        <Sentences />
      </div>
    </div>
  );
}

function Shape() {
  return (
    <div className="preflight" aria-hidden="true">
      {[0, 1].map((column) => (
        <div key={column} className="preflight__column">
          {[0.4, 0.9, 0.7, 0.8, 0.5, 0.85].map((width) => (
            <span key={width} className="shape" style={{ height: 14, width: `${100 * width}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}
