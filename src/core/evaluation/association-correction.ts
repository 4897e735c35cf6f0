/** Codes of `mc_prediction`, as in the table that the paper publishes. */
export const PREDICTION_CODE = { s: 0, mc: 1, recovered: 2 } as const;

/**
 * How missed rows of an otherwise found source count (§4.1 of the paper). `raw`: as misses. `moved`: as found, the
 * paper's correction. `dropped`: not at all. They are different numbers and never mixed: each says which it is.
 */
export type AssociationMode = 'raw' | 'moved' | 'dropped';

export const ASSOCIATION_MODES: readonly AssociationMode[] = ['raw', 'moved', 'dropped'];

export const ASSOCIATION_MODE_WORDS: Readonly<Record<AssociationMode, string>> = {
  raw: 'uncorrected',
  moved: 'corrected (recovered rows count as found)',
  dropped: 'corrected (recovered rows left out)',
};

/** Below every probability: what gated rows, and sources of which nothing was scored, are ranked at. */
export const NEVER_FLAGGED = -1;

/**
 * The score at which each MC row is found when the whole physical source is looked at: the highest score of any of its
 * rows, since that row is flagged from there on and shows the others. Judging these scores at a threshold is the
 * correction of §4.1 at that threshold. S rows keep their own score.
 *
 * @param isMc 1 where the row is MC in truth
 * @param score P(MC); `NEVER_FLAGGED` or NaN for a row that cannot trigger (gated, or without a result)
 * @param group physical source of each row, 0 … groupCount − 1
 */
export function correctedScores(
  isMc: ArrayLike<number>,
  score: ArrayLike<number>,
  group: ArrayLike<number>,
  groupCount: number,
): Float64Array {
  const highest = new Float64Array(groupCount).fill(NEVER_FLAGGED);
  for (let row = 0; row < isMc.length; row++) {
    if (score[row]! > highest[group[row]!]!) highest[group[row]!] = score[row]!;
  }
  return Float64Array.from({ length: isMc.length }, (_, row) =>
    isMc[row] === 1 ? highest[group[row]!]! : score[row]!,
  );
}

/**
 * Prediction codes at a threshold, 2 where a missed MC row is recovered. This holds for SISG rows too; a row without a
 * score can be recovered but never triggers.
 * @param corrected from `correctedScores`
 */
export function correctedPredictions(
  score: ArrayLike<number>,
  corrected: ArrayLike<number>,
  threshold: number,
): Uint8Array {
  return Uint8Array.from({ length: score.length }, (_, row) => {
    if (score[row]! >= threshold) return PREDICTION_CODE.mc;
    return corrected[row]! >= threshold ? PREDICTION_CODE.recovered : PREDICTION_CODE.s;
  });
}
