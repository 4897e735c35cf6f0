import type { BootstrapOptions } from '../evaluation/bootstrap.ts';
import { rocAucInterval } from '../evaluation/bootstrap.ts';
import { cellsAt } from '../evaluation/cells.ts';
import type { MetricName } from '../evaluation/confusion.ts';
import { confusionCounts, metricsOf } from '../evaluation/confusion.ts';
import { matrixIntervals } from '../evaluation/matrix-intervals.ts';
import type { Metric } from '../evaluation/metric.ts';
import { rocAuc } from '../evaluation/roc.ts';
import { scoredRows } from '../evaluation/scored-rows.ts';
import { sourceProfiles } from '../evaluation/source-profiles.ts';

/** A row that a training held out. */
export interface HeldOutScore {
  readonly isMc: boolean;
  /** Number of its physical source. */
  readonly group: number;
  /** P(MC) of the model. */
  readonly now: number;
}

/** The numbers of Table 2 of the paper, and the area under the ROC curve. */
export const TABLE_METRICS = ['accuracy', 'precision', 'recall', 'f1', 'precisionOfS', 'recallOfS', 'f1OfS'] as const;
export type HeldOutMetric = (typeof TABLE_METRICS)[number] | 'rocAuc';

/** A metric with its 95 % interval by physical source; NaN where one is not defined. */
export interface ScoreWithInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What a model makes of the rows that were held out of its training, at a threshold. */
export function heldOutScores(
  rows: readonly HeldOutScore[],
  threshold: number,
  bootstrap: BootstrapOptions,
): Readonly<Record<HeldOutMetric, ScoreWithInterval>> {
  const scored = scoredRows({
    isMc: Uint8Array.from(rows, ({ isMc }) => (isMc ? 1 : 0)),
    probability: Float64Array.from(rows, ({ now }) => now),
    isSisg: new Uint8Array(rows.length),
    group: Int32Array.from(rows, ({ group }) => group),
    groupCount: 1 + rows.reduce((most, { group }) => Math.max(most, group), -1),
  });
  const profiles = sourceProfiles([cellsAt(scored, threshold, 'raw')], scored.group, scored.groupCount);
  const intervals = matrixIntervals(profiles, bootstrap);
  const metrics = metricsOf(confusionCounts(scored.isMc, scored.score, threshold));
  const interval = rocAucInterval(scored.isMc, scored.score, scored.group, scored.groupCount, bootstrap);
  const tabled = TABLE_METRICS.map((name: MetricName) => [name, withInterval(metrics[name], intervals[name])] as const);
  const auc = withInterval(rocAuc(scored.isMc, scored.score), interval);
  return Object.fromEntries([...tabled, ['rocAuc', auc]]) as Record<HeldOutMetric, ScoreWithInterval>;
}

function withInterval(
  metric: Metric,
  interval: { readonly low: number; readonly high: number } | undefined,
): ScoreWithInterval {
  return {
    value: metric.defined ? metric.value : Number.NaN,
    low: interval?.low ?? Number.NaN,
    high: interval?.high ?? Number.NaN,
  };
}
