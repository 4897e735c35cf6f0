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

/**
 * The tables of all parts that rows fall into, in one pass.
 * @param partOf part of each row, 0 … partCount − 1; a row of any other number is in none
 */
export function scoreTables(
  { isMc, score, corrected }: ScoredRows,
  partOf: ArrayLike<number>,
  partCount: number,
): readonly ScoreTable[] {
  const sizes = Array.from({ length: partCount }, () => ({ mc: 0, s: 0 }));
  for (let row = 0; row < isMc.length; row++) {
    const size = sizes[partOf[row]!];
    if (size !== undefined) size[isMc[row] === 1 ? 'mc' : 's']++;
  }
  const tables = sizes.map(({ mc, s }) => ({
    mc: new Float64Array(mc),
    mcCorrected: new Float64Array(mc),
    s: new Float64Array(s),
  }));
  const filled = sizes.map(() => ({ mc: 0, s: 0 }));
  for (let row = 0; row < isMc.length; row++) {
    const part = partOf[row]!;
    const [table, at] = [tables[part], filled[part]];
    if (table === undefined || at === undefined) continue;
    if (isMc[row] === 1) {
      table.mc[at.mc] = score[row]!;
      table.mcCorrected[at.mc++] = corrected[row]!;
    } else table.s[at.s++] = score[row]!;
  }
  for (const { mc, mcCorrected, s } of tables) for (const scores of [mc, mcCorrected, s]) scores.sort();
  return tables;
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
