import type { AssociationMode } from './association-correction.ts';
import type { ConfusionCounts } from './confusion.ts';
import type { ScoredRows } from './scored-rows.ts';

/** Cells of the confusion matrix, as codes of a row. */
export const CELL = { truePositive: 0, falsePositive: 1, falseNegative: 2, trueNegative: 3 } as const;
export const CELL_COUNT = 4;
/** Code of a row that is not counted: recovered, where recovered rows are left out. */
export const NOT_COUNTED = 255;

export type CellName = keyof typeof CELL;
export const CELL_NAMES: readonly CellName[] = ['truePositive', 'falsePositive', 'falseNegative', 'trueNegative'];

/** The cell that a row falls into at a threshold. */
export function cellOf(rows: ScoredRows, row: number, threshold: number, mode: AssociationMode): number {
  const isFlagged = rows.score[row]! >= threshold;
  if (rows.isMc[row] === 0) return isFlagged ? CELL.falsePositive : CELL.trueNegative;
  if (isFlagged) return CELL.truePositive;
  const isRecovered = mode !== 'raw' && rows.corrected[row]! >= threshold;
  if (!isRecovered) return CELL.falseNegative;
  return mode === 'moved' ? CELL.truePositive : NOT_COUNTED;
}

/** The cell of every row. */
export const cellsAt = (rows: ScoredRows, threshold: number, mode: AssociationMode): Uint8Array =>
  Uint8Array.from(rows.isMc, (_, row) => cellOf(rows, row, threshold, mode));

/** Counts from four numbers in the order of `CELL`. */
export const countsFrom = (four: ArrayLike<number>, offset = 0): ConfusionCounts => ({
  truePositive: four[offset]!,
  falsePositive: four[offset + 1]!,
  falseNegative: four[offset + 2]!,
  trueNegative: four[offset + 3]!,
});
