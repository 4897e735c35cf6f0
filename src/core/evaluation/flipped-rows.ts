/** Rows that two models put on different sides of their thresholds. */
export interface FlippedRows {
  /** Flagged by the first alone, ascending. */
  readonly onlyFirst: Uint32Array;
  /** Flagged by the second alone, ascending. */
  readonly onlySecond: Uint32Array;
  /** Rows that both have a probability for. */
  readonly shared: number;
}

/**
 * Labels are not needed for this.
 * @param isSisg 1 where a row is gated, and so S to both
 */
export function flippedRows(
  first: Float64Array,
  second: Float64Array,
  isSisg: Uint8Array,
  firstThreshold: number,
  secondThreshold: number,
): FlippedRows {
  const [onlyFirst, onlySecond]: [number[], number[]] = [[], []];
  let shared = 0;
  for (let row = 0; row < first.length; row++) {
    const [p, q] = [first[row]!, second[row]!];
    if (isSisg[row] === 1 || Number.isNaN(p) || Number.isNaN(q)) continue;
    shared++;
    if (p >= firstThreshold === q >= secondThreshold) continue;
    (p >= firstThreshold ? onlyFirst : onlySecond).push(row);
  }
  return { onlyFirst: Uint32Array.from(onlyFirst), onlySecond: Uint32Array.from(onlySecond), shared };
}
