import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SisgCounts, SisgGateSummary, SisgRowsRequest } from '../../../contract/sisg.ts';
import type { ProjectSummary } from '../../../contract/schemas.ts';
import type { SisgThresholds } from '../../../core/features/feature-recipe.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { loadSisgRows } from '../../api/load-columns.ts';
import { notifyError } from '../../api/notify.ts';
import { showPanel } from '../../state/dock.ts';
import { useEvaluation } from '../../state/evaluation.ts';
import { useHistory } from '../../state/history.ts';
import { useRestingLabels } from '../../state/resting-labels.ts';
import { useProgress } from '../../state/progress.ts';
import { useSelection } from '../../state/selection.ts';
import { useRestingThreshold } from '../../state/resting-threshold.ts';

/** Counting waits so long for the next key [ms]. */
const SETTLED_AFTER_MS = 120;

export interface SisgGateView {
  readonly gate: SisgGateSummary | undefined;
  readonly counts: SisgCounts | undefined;
  /** The counts are still those of former thresholds. */
  readonly isStale: boolean;
  readonly failure: unknown;
  /** Sets the thresholds of the runs to come; can be taken back. Null for the model's. */
  readonly choose: (thresholds: SisgThresholds | null) => void;
  /** Chooses sources in table and sky. */
  readonly select: (of: SisgRowsRequest['of']) => void;
}

/** The gate of the open project, and what its thresholds do to the catalogue. */
export function useSisgGate(project: ProjectSummary): SisgGateView {
  const engine = useEngine();
  const queries = useQueryClient();
  const run = useProgress((state) => state.run)?.run ?? project.run;
  const threshold = useRestingThreshold((state) => state.threshold);
  const labels = useEvaluation((state) => state.reference?.summary.path);
  const { revision } = useRestingLabels();
  const gateKey = ['sisg', project.path, 'gate', run?.id];
  const gate = useQuery({ queryKey: gateKey, queryFn: () => engine.sisg.gate() });
  const thresholds = gate.data?.thresholds;
  const [settled] = useDebouncedValue(thresholds, SETTLED_AFTER_MS);
  const counts = useQuery({
    queryKey: ['sisg', project.path, 'counts', settled, threshold, run?.id, run?.state, labels, revision],
    queryFn: () => engine.sisg.count({ thresholds: settled!, flaggedFrom: threshold }),
    enabled: settled !== undefined,
    placeholderData: keepPreviousData,
  });

  const put = async (chosen: SisgThresholds | null): Promise<void> => {
    const before = gate.data;
    if (before !== undefined) {
      queries.setQueryData(gateKey, { ...before, thresholds: chosen ?? before.ofModel });
    }
    try {
      queries.setQueryData(gateKey, await engine.sisg.choose({ thresholds: chosen }));
    } catch (error) {
      queries.setQueryData(gateKey, before);
      notifyError('The thresholds were not kept', error);
    }
  };
  return {
    gate: gate.data,
    counts: counts.data,
    isStale: counts.isPlaceholderData || settled !== thresholds,
    failure: gate.error ?? counts.error,
    choose: (chosen) => {
      if (thresholds === undefined) return;
      useHistory.getState().record({
        label: 'SISG thresholds',
        gesture: 'sisg-thresholds',
        undo: () => put(thresholds),
        redo: () => put(chosen),
      });
      void put(chosen);
    },
    select: (of) => {
      if (thresholds === undefined) return;
      loadSisgRows({ thresholds, of })
        .then((rows) => {
          const selection = useSelection.getState();
          selection.choose(rows, 'replace');
          selection.showOnlyChosen(true);
          showPanel('table');
        })
        .catch((error: unknown) => notifyError('The sources were not chosen', error));
    },
  };
}
