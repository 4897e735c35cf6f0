import type { Metric } from '../core/evaluation/metric.ts';
import type { ScoreTable } from '../core/evaluation/score-table.ts';
import type { ThresholdPoint } from '../core/evaluation/threshold-curve.ts';
import { curveThresholds, pointsAt } from './curve-points.ts';
import type { Figure } from './figure.ts';
import { valueOrNull } from './words.ts';

/** A number of one threshold, from its counts with and without correction for recovered rows. */
type PointMetric = (uncorrected: ThresholdPoint, corrected: ThresholdPoint) => Metric;

/**
 * The points of every curve, one line each; with several, the first column says whose it is.
 * @param metrics by the names of their columns
 */
export function curveNumbers(
  series: readonly { readonly name: string; readonly table: ScoreTable }[],
  metrics: Readonly<Record<string, PointMetric>>,
): Figure['numbers'] {
  const isOne = series.length === 1;
  return {
    columns: [...(isOne ? [] : ['curve']), 'threshold', ...Object.keys(metrics)],
    rows: series.flatMap(({ name, table }) => {
      const thresholds = curveThresholds(table);
      const corrected = pointsAt(table, thresholds, 'moved');
      return pointsAt(table, thresholds, 'raw').map((point, index) => [
        ...(isOne ? [] : [name]),
        point.threshold,
        ...Object.values(metrics).map((of) => valueOrNull(of(point, corrected[index]!))),
      ]);
    }),
  };
}
