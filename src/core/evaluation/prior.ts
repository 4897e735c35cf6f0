/**
 * P(MC) moved from the balanced training prior to a stated share of MC among the rows: πp / (πp + (1 − π)(1 − p)).
 * @param probability under equal shares [0..1]
 * @param prevalence π, the share of MC rows [0..1]; where it is 0 or 1 the prior decides alone
 */
export function atPrevalence(probability: number, prevalence: number): number {
  const mc = prevalence * probability;
  const s = (1 - prevalence) * (1 - probability);
  return mc + s === 0 ? prevalence : mc / (mc + s);
}

/**
 * Precision that a recall and a false positive rate give where a share π of the rows is MC: a model's curves, measured
 * elsewhere, taken to a field without labels. NaN where nothing would be flagged.
 */
export function precisionAtPrevalence(recall: number, falsePositiveRate: number, prevalence: number): number {
  const found = prevalence * recall;
  const flagged = found + (1 - prevalence) * falsePositiveRate;
  return flagged === 0 ? Number.NaN : found / flagged;
}
