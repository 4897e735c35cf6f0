/**
 * Two-sided exact p-value of McNemar's test (1947, Psychometrika 12, 153): the chance of a split at least this uneven
 * of the rows that only one of two models gets right, if both were equally good. Undefined where there is no such row.
 */
export function mcNemarPValue(onlyFirst: number, onlySecond: number): number | undefined {
  const trials = onlyFirst + onlySecond;
  if (trials === 0) return undefined;
  let logBinomial = -trials * Math.LN2;
  let tail = 0;
  for (let k = 0; k <= Math.min(onlyFirst, onlySecond); k++) {
    if (k > 0) logBinomial += Math.log((trials - k + 1) / k);
    tail += Math.exp(logBinomial);
  }
  return Math.min(1, 2 * tail);
}
