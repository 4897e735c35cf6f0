import { Button, Modal } from '@mantine/core';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CutoutGeometry } from '../../../core/cutout/cutout-recipe.ts';
import type { PreflightReport } from '../../../contract/schemas.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { notifyError } from '../../api/notify.ts';
import { sentenceOf } from '../../api/refusal.ts';
import { count, duration } from '../../components/format.ts';
import { ErrorBox } from '../../components/ErrorBox.tsx';
import { UntrainedMark } from '../../components/Untrained.tsx';
import { usePreflight } from '../../state/preflight.ts';
import { useProgress } from '../../state/progress.ts';
import { useView } from '../../state/view.ts';
import { Duplicates, Missing, Sentences } from './Findings.tsx';
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
    mutationFn: () => engine.run.start(request),
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
        <Button
          variant="filled"
          data-autofocus
          disabled={report.data === undefined || report.data.run.modelId === null || isRunning}
          loading={start.isPending}
          onClick={() => start.mutate()}
        >
          {geometry === 'angular' || report.data?.run.geometry === 'angular' ? 'Classify, resampled' : 'Classify'}
        </Button>
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

interface ReportProps {
  readonly report: PreflightReport;
  readonly isStale: boolean;
  readonly onGeometry: (geometry: CutoutGeometry) => void;
  readonly onLeave: () => void;
}

function Report({ report, isStale, onGeometry, onLeave }: ReportProps) {
  return (
    <div className="preflight" data-stale={isStale ? true : undefined}>
      <div className="preflight__column">
        <RowsByFate report={report} />
        <SisgRules report={report} />
        <ValidPixels report={report} />
      </div>
      <div className="preflight__column">
        <GeometryChoice report={report} onGeometry={onGeometry} />
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
