import type { AssociationMode } from './association-correction.ts';
import type { ConfusionCounts } from './confusion.ts';
import type { ScoredRows } from './scored-rows.ts';

/**
 * The scores of a sample in ascending order, by class: counts at any threshold are three binary searches, so that a
 * dragged threshold costs nothing however many rows there are.
 */
export interface ScoreTable {
  readonly mc: Float64Array;
  readonly mcCorrected: Float64Array;
  readonly s: Float64Array;
}

/** @param keep rows of the sample; all where absent */
export function scoreTable(rows: ScoredRows, keep: (row: number) => boolean = () => true): ScoreTable {
  const { isMc, score, corrected } = rows;
  const [mc, mcCorrected, s] = [
    new Float64Array(isMc.length),
    new Float64Array(isMc.length),
    new Float64Array(isMc.length),
  ];
  let [mcCount, sCount] = [0, 0];
  for (let row = 0; row < isMc.length; row++) {
    if (!keep(row)) continue;
    if (isMc[row] === 1) {
      mc[mcCount] = score[row]!;
      mcCorrected[mcCount++] = corrected[row]!;
    } else s[sCount++] = score[row]!;
  }
  return {
    mc: mc.slice(0, mcCount).sort(),
    mcCorrected: mcCorrected.slice(0, mcCount).sort(),
    s: s.slice(0, sCount).sort(),
  };
}

/** How many of the ascending `sorted` are at or above `threshold`; O(log n). */
export function countFrom(sorted: Float64Array, threshold: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < threshold) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}

/**
 * Confusion counts at a threshold. `moved` counts recovered rows as true positives, `dropped` leaves them out; false
 * positives and true negatives are the same in all modes.
 */
export function countsAt(table: ScoreTable, threshold: number, mode: AssociationMode): ConfusionCounts {
  const flagged = countFrom(table.mc, threshold);
  const found = countFrom(table.mcCorrected, threshold);
  const falsePositive = countFrom(table.s, threshold);
  return {
    truePositive: mode === 'moved' ? found : flagged,
    falsePositive,
    falseNegative: table.mc.length - (mode === 'raw' ? flagged : found),
    trueNegative: table.s.length - falsePositive,
  };
}

/** MC rows that are below the threshold and recovered by another row of their physical source. */
export const recoveredAt = (table: ScoreTable, threshold: number): number =>
  countFrom(table.mcCorrected, threshold) - countFrom(table.mc, threshold);
