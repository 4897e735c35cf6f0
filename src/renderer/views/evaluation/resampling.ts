import type { AssociationMode } from '../../../core/evaluation/association-correction.ts';
import type { MetricInterval, SourceCounts } from '../../../core/evaluation/metric-interval.ts';
import { sourceCounts } from '../../../core/evaluation/metric-interval.ts';
import type { MetricName } from '../../../core/evaluation/confusion.ts';
import type { CurveMetrics } from '../../../core/evaluation/evaluate-predictions.ts';
import { evaluateCurves, metricIntervals } from '../../../core/evaluation/evaluate-predictions.ts';
import type { PropertyBins } from '../../../core/evaluation/property-performance.ts';
import { propertyIntervals } from '../../../core/evaluation/property-performance.ts';
import type { ScoredRows } from '../../../core/evaluation/scored-rows.ts';
import { selectScoredRows } from '../../../core/evaluation/scored-rows.ts';

/** Intervals of all metrics of some rows. */
export type MetricIntervals = Readonly<Record<MetricName, MetricInterval | undefined>>;

/** What can be asked of resamples of the judged rows. */
export type ResamplingQuestion =
  | { readonly kind: 'curves' }
  | { readonly kind: 'metrics'; readonly threshold: number; readonly mode: AssociationMode }
  | {
      readonly kind: 'property';
      readonly threshold: number;
      readonly mode: AssociationMode;
      readonly bins: Pick<PropertyBins, 'edges' | 'binOf'>;
    };

export type ResamplingAnswer =
  | { readonly kind: 'curves'; readonly curves: CurveMetrics }
  | { readonly kind: 'metrics'; readonly intervals: MetricIntervals; readonly sources: SourceCounts }
  | { readonly kind: 'property'; readonly intervals: readonly MetricIntervals[] };

const SEED = 1;
/** Enough for two digits of an interval that follows the threshold; areas are resampled once, and more often. */
const RESAMPLES_AT_THRESHOLD = 300;

/** Answers from resamples of physical sources. Takes up to seconds for a survey: not for the window's own thread. */
export function answerResampling(rows: ScoredRows, question: ResamplingQuestion): ResamplingAnswer {
  const atThreshold = { seed: SEED, resampleCount: RESAMPLES_AT_THRESHOLD };
  switch (question.kind) {
    case 'curves':
      return { kind: 'curves', curves: evaluateCurves(networkRows(rows), { seed: SEED }) };
    case 'metrics':
      return {
        kind: 'metrics',
        intervals: metricIntervals(rows, question.threshold, question.mode, atThreshold),
        sources: sourceCounts(rows.isMc, rows.group),
      };
    case 'property':
      return {
        kind: 'property',
        intervals: propertyIntervals(rows, question.bins, question.threshold, question.mode, atThreshold),
      };
  }
}

/** Those that the network decided. */
export const networkRows = (rows: ScoredRows): ScoredRows => selectScoredRows(rows, (row) => rows.isSisg[row] === 0);
