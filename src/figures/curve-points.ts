import type { AssociationMode } from '../core/evaluation/association-correction.ts';
import { metricsOf } from '../core/evaluation/confusion.ts';
import type { ScoreTable } from '../core/evaluation/score-table.ts';
import { countsAt } from '../core/evaluation/score-table.ts';
import type { ThresholdPoint } from '../core/evaluation/threshold-curve.ts';

/** Places along a curve: enough for a smooth line at 174 mm, and few enough to draw in a millisecond. */
const QUANTILES = 240;

/**
 * Thresholds at which a curve of rates is drawn, falling: quantiles of the scores of both classes, since most scores
 * crowd at the ends of 0 … 1, and 0 and 1 themselves.
 */
export function curveThresholds({ mc, s }: ScoreTable): Float64Array {
  const chosen = new Set<number>([0, 1]);
  for (const sorted of [mc, s]) {
    for (let step = 0; step <= QUANTILES && sorted.length > 0; step++) {
      const score = sorted[Math.round((step * (sorted.length - 1)) / QUANTILES)]!;
      if (score >= 0) chosen.add(score);
    }
  }
  return Float64Array.from(chosen).sort().reverse();
}

/** Counts and metrics at the given thresholds. */
export const pointsAt = (
  table: ScoreTable,
  thresholds: Float64Array,
  mode: AssociationMode,
): readonly ThresholdPoint[] => Array.from(thresholds, (threshold) => pointAt(table, threshold, mode));

export function pointAt(table: ScoreTable, threshold: number, mode: AssociationMode): ThresholdPoint {
  const counts = countsAt(table, threshold, mode);
  return { threshold, counts, metrics: metricsOf(counts) };
}
