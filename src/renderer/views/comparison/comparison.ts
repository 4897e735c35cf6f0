import type { AssociationMode } from '../../../core/evaluation/association-correction.ts';
import type { ModelComparison, PairedMetric } from '../../../core/evaluation/compare-models.ts';
import { compareAtThresholds, compareCurves } from '../../../core/evaluation/compare-models.ts';
import type { CurveMetricName } from '../../../core/evaluation/curve-metrics.ts';
import type { PairedResults } from '../../../core/evaluation/pair-two-results.ts';
import { selectScoredRows } from '../../../core/evaluation/scored-rows.ts';

/** What can be asked of two models on the same rows. */
export type ComparisonQuestion =
  | { readonly kind: 'areas' }
  | {
      readonly kind: 'thresholds';
      readonly first: number;
      readonly second: number;
      readonly mode: AssociationMode;
    };

export type ComparisonAnswer =
  | { readonly kind: 'areas'; readonly areas: Readonly<Record<CurveMetricName, PairedMetric>> }
  | { readonly kind: 'thresholds'; readonly comparison: ModelComparison };

const BOOTSTRAP = { seed: 1 };

/** Answers by resampling physical sources, the same resamples for both models. Takes up to seconds for a survey. */
export function answerComparison({ first, second }: PairedResults, question: ComparisonQuestion): ComparisonAnswer {
  if (question.kind === 'thresholds') {
    return {
      kind: 'thresholds',
      comparison: compareAtThresholds(
        { rows: first, threshold: question.first },
        { rows: second, threshold: question.second },
        question.mode,
        BOOTSTRAP,
      ),
    };
  }
  const isNetworkRow = (row: number): boolean => first.isSisg[row] === 0;
  const [a, b] = [selectScoredRows(first, isNetworkRow), selectScoredRows(second, isNetworkRow)];
  return {
    kind: 'areas',
    areas: compareCurves(a.isMc, a.probability, b.probability, a.group, a.groupCount, BOOTSTRAP),
  };
}
