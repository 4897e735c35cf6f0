import type { AssociationMode } from './association-correction.ts';
import type { ClassificationMetrics, ConfusionCounts } from './confusion.ts';
import { metricsOf } from './confusion.ts';
import type { ScoreTable } from './score-table.ts';
import { countsAt } from './score-table.ts';

/** What a threshold gives. */
export interface ThresholdPoint {
  readonly threshold: number;
  readonly counts: ConfusionCounts;
  readonly metrics: ClassificationMetrics;
}

/** Even thresholds from 0 to 1; fine enough for a curve that is drawn, not for an area. */
export const CURVE_STEPS = 200;

/** Counts and metrics at every threshold of the grid, as Fig. 9 of the paper draws them. */
export function thresholdCurve(
  table: ScoreTable,
  mode: AssociationMode,
  steps: number = CURVE_STEPS,
): readonly ThresholdPoint[] {
  return Array.from({ length: steps + 1 }, (_, step) => {
    const threshold = step / steps;
    const counts = countsAt(table, threshold, mode);
    return { threshold, counts, metrics: metricsOf(counts) };
  });
}
