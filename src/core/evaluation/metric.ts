/** A number that may not exist: the precision of a model that flags nothing is undefined, not zero. */
export type Metric =
  { readonly defined: true; readonly value: number } | { readonly defined: false; readonly reason: string };

export const definedMetric = (value: number): Metric => ({ defined: true, value });
export const undefinedMetric = (reason: string): Metric => ({ defined: false, reason });

/** numerator / denominator, undefined for the given reason where the denominator is 0. */
export function ratioMetric(numerator: number, denominator: number, reason: string): Metric {
  return denominator === 0 ? undefinedMetric(reason) : definedMetric(numerator / denominator);
}
