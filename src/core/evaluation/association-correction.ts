import type { ConfusionCounts } from './confusion.ts';

/** Codes of `mc_prediction`, as in the table that the paper publishes. */
export const PREDICTION_CODE = { s: 0, mc: 1, recovered: 2 } as const;

/**
 * Prediction codes after the correction of §4.1: an MC row below the threshold is recovered (2) where another row of
 * the same physical source is at or above it, because looking at that one shows the whole source. This holds for SISG
 * rows too; a row without a score (NaN) can be recovered but never triggers.
 *
 * @param isMc 1 where the row is MC in truth
 * @param score P(MC); NaN where there is none
 * @param group physical source of each row
 */
export function correctedPredictions(
  isMc: ArrayLike<number>,
  score: ArrayLike<number>,
  group: ArrayLike<number>,
  groupCount: number,
  threshold: number,
): Uint8Array {
  const isGroupFlagged = new Uint8Array(groupCount);
  for (let row = 0; row < isMc.length; row++) {
    if (score[row]! >= threshold) isGroupFlagged[group[row]!] = 1;
  }
  return Uint8Array.from({ length: isMc.length }, (_, row) => {
    if (score[row]! >= threshold) return PREDICTION_CODE.mc;
    return isMc[row] === 1 && isGroupFlagged[group[row]!] === 1 ? PREDICTION_CODE.recovered : PREDICTION_CODE.s;
  });
}

/**
 * Confusion counts from prediction codes, recovered rows moved from the false negatives to the true positives; false
 * positives, true negatives and the number of rows stay (variant `move`).
 */
export function correctedCounts(isMc: ArrayLike<number>, codes: ArrayLike<number>): ConfusionCounts {
  let [truePositive, falsePositive, falseNegative, trueNegative] = [0, 0, 0, 0];
  for (let row = 0; row < isMc.length; row++) {
    const isFound = codes[row] !== PREDICTION_CODE.s;
    if (isMc[row] === 1) {
      if (isFound) truePositive++;
      else falseNegative++;
    } else if (isFound) falsePositive++;
    else trueNegative++;
  }
  return { truePositive, falsePositive, falseNegative, trueNegative };
}
