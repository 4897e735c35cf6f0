import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { ComparableRun } from '../../../contract/evaluation.ts';
import type { PairedResults } from '../../../core/evaluation/pair-two-results.ts';
import { pairTwoResults } from '../../../core/evaluation/pair-two-results.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { loadPredictions } from '../../api/load-columns.ts';
import { useEvaluation, useJudged } from '../../state/evaluation.ts';
import { usePredictions } from '../../state/predictions.ts';
import type { Desk } from '../evaluation/newest-answer.ts';
import { openDesk } from '../evaluation/newest-answer.ts';
import type { ComparisonAnswer, ComparisonQuestion } from './comparison.ts';

/** Runs that the one on screen can be compared with; undefined until the engine has answered. */
export function useComparableRuns(): readonly ComparableRun[] | undefined {
  const engine = useEngine();
  const shown = usePredictions((state) => state.columns?.runId);
  return useQuery({
    queryKey: ['comparable-runs', shown],
    queryFn: () => engine.evaluation.comparableRuns(),
    enabled: shown !== undefined,
  }).data;
}

/** Results of the other run; undefined while none is chosen or they are on their way. */
export function useOtherPredictions(runId: number | undefined): PredictionColumns | undefined {
  const shown = usePredictions((state) => state.columns?.runId);
  return useQuery({
    queryKey: ['other-predictions', shown, runId],
    queryFn: ({ signal }) => loadPredictions(signal, runId),
    enabled: runId !== undefined,
    staleTime: Infinity,
  }).data;
}

/** Both results on the labelled rows; undefined without labels, or where they share no labelled row. */
export function usePairedResults(
  sources: SourceColumns,
  own: PredictionColumns | undefined,
  other: PredictionColumns | undefined,
): PairedResults | undefined {
  const subset = useEvaluation((state) => state.subset);
  // Rows that a model learned from are compared no more than they are judged, unless insisted on.
  const labels = useJudged((state) => (state.rows?.isRefused === false ? state.rows.labels : undefined));
  const version = usePredictions((state) => state.version);
  return useMemo(() => {
    if (labels === undefined || own === undefined || other === undefined) return undefined;
    const results = { probability: own.probability, isSisg: sources.sisg };
    const paired = pairTwoResults(labels, results, other.probability, subset);
    return paired.catalogueRow.length === 0 ? undefined : paired;
    // `version` counts changes inside `own`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [labels, own, version, other, sources, subset]);
}

/** A worker that compares them by resampling, for as long as they are shown. */
export function useComparisonDesk(results: PairedResults): Desk<ComparisonQuestion, ComparisonAnswer> {
  const desk = useMemo(
    () =>
      openDesk<ComparisonQuestion, ComparisonAnswer>(() => {
        const worker = new Worker(new URL('./comparison-worker.ts', import.meta.url), { type: 'module' });
        worker.postMessage(results);
        return worker;
      }),
    [results],
  );
  useEffect(() => () => desk.end(), [desk]);
  return desk;
}
