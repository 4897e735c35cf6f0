import { countFrom } from './score-table.ts';

/** Two results of the same catalogue, in its order. */
export interface ScoredTwice {
  /** P(MC) by either; NaN where there is none. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  /** 1 where a row is gated, and so S to both. */
  readonly isSisg: Uint8Array;
}

/** Rows that two models put on different sides of their thresholds. */
export interface FlippedRows {
  /** Flagged by the first alone, ascending. */
  readonly onlyFirst: Uint32Array;
  /** Flagged by the second alone, ascending. */
  readonly onlySecond: Uint32Array;
}

/** How many there are. */
export interface FlipCounts {
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Rows that both have a probability for. */
  readonly shared: number;
}

/** Labels are not needed for this. Looks at every row: for a moving threshold there is `flipCounter`. */
export function flippedRows(both: ScoredTwice, firstThreshold: number, secondThreshold: number): FlippedRows {
  const [onlyFirst, onlySecond]: [number[], number[]] = [[], []];
  for (const row of sharedRows(both)) {
    const isFlagged = both.first[row]! >= firstThreshold;
    if (isFlagged !== both.second[row]! >= secondThreshold) (isFlagged ? onlyFirst : onlySecond).push(row);
  }
  return { onlyFirst: Uint32Array.from(onlyFirst), onlySecond: Uint32Array.from(onlySecond) };
}

/**
 * Counts the rows that change their class at any threshold of the first by three binary searches.
 * @param secondThreshold that of the second; undefined where it is always that of the first
 */
export function flipCounter(both: ScoredTwice, secondThreshold: number | undefined): (threshold: number) => FlipCounts {
  const rows = sharedRows(both);
  const first = Float64Array.from(rows, (row) => both.first[row]!).sort();
  const second = Float64Array.from(rows, (row) => both.second[row]!).sort();
  // Both flag a row at t where the lower of its scores is at or above t; or its first score, where its second one is
  // flagged at a threshold that stays.
  const flaggedByBothUpTo = Float64Array.from(rows, (row) => {
    const [p, q] = [both.first[row]!, both.second[row]!];
    if (secondThreshold === undefined) return Math.min(p, q);
    return q >= secondThreshold ? p : -Infinity;
  }).sort();
  return (threshold) => {
    const byBoth = countFrom(flaggedByBothUpTo, threshold);
    return {
      onlyFirst: countFrom(first, threshold) - byBoth,
      onlySecond: countFrom(second, secondThreshold ?? threshold) - byBoth,
      shared: rows.length,
    };
  };
}

/** Rows that both have a probability for, ascending. */
function sharedRows({ first, second, isSisg }: ScoredTwice): Uint32Array {
  const rows = new Uint32Array(first.length);
  let count = 0;
  for (let row = 0; row < first.length; row++) {
    if (isSisg[row] !== 1 && !Number.isNaN(first[row]!) && !Number.isNaN(second[row]!)) rows[count++] = row;
  }
  return rows.subarray(0, count);
}
