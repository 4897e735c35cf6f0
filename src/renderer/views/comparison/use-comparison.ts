import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ComparedColumns, PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import type { ComparableRun } from '../../../contract/evaluation.ts';
import type { PairedResults } from '../../../core/evaluation/pair-two-results.ts';
import { pairTwoResults } from '../../../core/evaluation/pair-two-results.ts';
import { useEngine } from '../../api/engine-context.tsx';
import { loadComparedResults } from '../../api/load-columns.ts';
import { useEvaluation, useJudged } from '../../state/evaluation.ts';
import { usePredictions } from '../../state/predictions.ts';
import type { Desk } from '../evaluation/newest-answer.ts';
import { openDesk } from '../evaluation/newest-answer.ts';
import type { ComparisonAnswer, ComparisonQuestion } from './comparison.ts';

/** First part of the key of the question which runs there are. */
export const COMPARABLE_RUNS = 'comparable-runs';

/** What the run on screen can be compared with; undefined until the engine has answered. */
export function useComparableRuns(): readonly ComparableRun[] | undefined {
  const engine = useEngine();
  const shown = usePredictions((state) => state.columns?.runId);
  return useQuery({
    queryKey: [COMPARABLE_RUNS, shown],
    queryFn: () => engine.evaluation.comparableRuns(),
    enabled: shown !== undefined,
  }).data;
}

/** Results of the other run; undefined while they are on their way. */
export function useComparedResults({ key, file }: ComparableRun): ComparedColumns | undefined {
  const shown = usePredictions((state) => state.columns?.runId);
  return useQuery({
    // Another file in the place of an earlier one brings results under the same key.
    queryKey: [COMPARABLE_RUNS, shown, key, file?.path],
    queryFn: ({ signal }) => loadComparedResults(key, signal),
    staleTime: Infinity,
  }).data;
}

/** What becomes of rows that one of the models was trained on. */
export type LearnedRows = 'refuse' | 'leave-out' | 'keep';

/** What can be said of two results of the same catalogue. */
export type Paired =
  | { readonly state: 'compared'; readonly results: PairedResults }
  | { readonly state: 'refused'; readonly learnedFrom: number }
  | { readonly state: 'unlabelled' };

const UNLABELLED: Paired = { state: 'unlabelled' };

interface PairedRequest {
  readonly sources: SourceColumns;
  readonly own: PredictionColumns;
  /** Undefined while they are on their way. */
  readonly other: ComparedColumns | undefined;
  readonly learned: LearnedRows;
}

/** Both results on the labelled rows that both have one for. */
export function usePairedResults({ sources, own, other, learned }: PairedRequest): Paired {
  const subset = useEvaluation((state) => state.subset);
  const isForced = useEvaluation((state) => state.isForced);
  const labels = useJudged((state) => state.rows?.labels);
  const version = usePredictions((state) => state.version);
  return useMemo(() => {
    if (labels === undefined || other === undefined) return UNLABELLED;
    const leavesOutLearned = learned === 'leave-out';
    const shown = { probability: own.probability, isSisg: sources.sisg };
    const results = pairTwoResults(labels, shown, other, { subset, leavesOutLearned });
    if (results.catalogueRow.length === 0) return UNLABELLED;
    // Insisted on in the Evaluation panel, it is insisted on here, too.
    const isRefused = results.learnedFrom > 0 && learned === 'refuse' && !isForced;
    return isRefused ? { state: 'refused', learnedFrom: results.learnedFrom } : { state: 'compared', results };
    // `version` counts changes inside `own`.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [labels, own, version, other, sources, subset, isForced, learned]);
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
