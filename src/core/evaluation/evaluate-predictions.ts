import { correctedCounts, correctedPredictions } from './association-correction.ts';
import type { BootstrapInterval, BootstrapOptions } from './bootstrap.ts';
import { groupNumbers, rocAucInterval } from './bootstrap.ts';
import type { ClassificationMetrics, ConfusionCounts } from './confusion.ts';
import { confusionCounts, metricsOf } from './confusion.ts';
import type { Metric } from './metric.ts';
import { rocAuc } from './roc.ts';

/** Rows that have a label and a result, as parallel arrays. */
export interface EvaluatedRows {
  /** 1 where the row is MC in truth */
  readonly isMc: Uint8Array;
  /** P(MC); not read for SISG rows, which are class S at every threshold. */
  readonly probability: Float64Array;
  /** 1 where the row is gated as SISG */
  readonly isSisg: Uint8Array;
  readonly physicalSource: readonly string[];
}

export interface CountsWithMetrics {
  readonly counts: ConfusionCounts;
  readonly metrics: ClassificationMetrics;
}

export interface Evaluation {
  readonly threshold: number;
  /** Over non-SISG rows: those that the network decided. */
  readonly rocAuc: Metric;
  /** Resampled by physical source; undefined where the area is. */
  readonly rocAucInterval: BootstrapInterval | undefined;
  /** Over all rows, SISG ones tied at the lowest score. */
  readonly rocAucWithSisg: Metric;
  readonly all: CountsWithMetrics;
  /** All rows, after the association correction. */
  readonly allCorrected: CountsWithMetrics;
  readonly nonSisg: CountsWithMetrics;
  readonly nonSisgCorrected: CountsWithMetrics;
  readonly sisg: CountsWithMetrics;
  /** Prediction code of each row: 0 S, 1 MC, 2 recovered. */
  readonly codes: Uint8Array;
}

/** Below every probability, so that gated rows enter a ROC curve last and together. */
const SISG_SCORE = -1;

/** Everything that is said of predictions at one threshold (science notes §7). */
export function evaluatePredictions(rows: EvaluatedRows, threshold: number, bootstrap: BootstrapOptions): Evaluation {
  const { isMc, isSisg, physicalSource } = rows;
  const gated = rows.probability.map((probability, row) => (isSisg[row] === 1 ? SISG_SCORE : probability));
  const triggering = gated.map((score) => (score === SISG_SCORE ? Number.NaN : score));
  const { group, groupCount } = groupNumbers(physicalSource);
  const codes = correctedPredictions(isMc, triggering, group, groupCount, threshold);

  const everyRow = Uint32Array.from(isMc, (_, row) => row);
  const networkRows = everyRow.filter((row) => isSisg[row] === 0);
  const sisgRows = everyRow.filter((row) => isSisg[row] === 1);
  const uncorrectedOf = (chosen: Uint32Array): CountsWithMetrics =>
    withMetrics(confusionCounts(pick(isMc, chosen), pick(triggering, chosen), threshold));
  const correctedOf = (chosen: Uint32Array): CountsWithMetrics =>
    withMetrics(correctedCounts(pick(isMc, chosen), pick(codes, chosen)));

  const networkMc = pick(isMc, networkRows);
  const networkScore = pick(gated, networkRows);
  const networkGroups = groupNumbers(Array.from(networkRows, (row) => physicalSource[row]!));
  const auc = rocAuc(networkMc, networkScore);
  return {
    threshold,
    rocAuc: auc,
    rocAucInterval: auc.defined
      ? rocAucInterval(networkMc, networkScore, networkGroups.group, networkGroups.groupCount, bootstrap)
      : undefined,
    rocAucWithSisg: rocAuc(isMc, gated),
    all: uncorrectedOf(everyRow),
    allCorrected: correctedOf(everyRow),
    nonSisg: uncorrectedOf(networkRows),
    nonSisgCorrected: correctedOf(networkRows),
    sisg: uncorrectedOf(sisgRows),
    codes,
  };
}

const withMetrics = (counts: ConfusionCounts): CountsWithMetrics => ({ counts, metrics: metricsOf(counts) });

const pick = (values: ArrayLike<number>, rows: Uint32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row]!);
