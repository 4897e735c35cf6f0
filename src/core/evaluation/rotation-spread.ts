/** What a model says of one source seen in several orientations. */
export interface RotatedSource {
  readonly row: number;
  /** P(MC) in the eight exact orientations; the first is the picture as it is. */
  readonly exact: Float64Array;
  /** P(MC) at random angles. */
  readonly random: Float64Array;
}

/** Spread of P(MC) over the orientations of one source. */
export interface Spread {
  readonly lowest: number;
  readonly highest: number;
  /** Population standard deviation; 0 for one orientation. */
  readonly sigma: number;
  /** True where some orientations are MC and others S: P(MC) on both sides of the threshold. */
  readonly isMixed: boolean;
}

/** Spread of probabilities (at least one), with class MC from the threshold on. */
export function spreadOf(probabilities: Float64Array, threshold: number): Spread {
  let [lowest, highest, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0];
  const first = probabilities[0]!;
  for (const probability of probabilities) {
    lowest = Math.min(lowest, probability);
    highest = Math.max(highest, probability);
    // Differences from one of them keep the digits of a small σ.
    sum += probability - first;
    sumOfSquares += (probability - first) ** 2;
  }
  const mean = sum / probabilities.length;
  const sigma = Math.sqrt(Math.max(0, sumOfSquares / probabilities.length - mean * mean));
  return { lowest, highest, sigma, isMixed: lowest < threshold && highest >= threshold };
}

/** Over all orientations of a source, the exact and the random ones together. */
export const spreadOfAll = ({ exact, random }: RotatedSource, threshold: number): Spread =>
  spreadOf(Float64Array.of(...exact, ...random), threshold);

/** `size` of the rows, evenly over their order and the same ones each time; all of them where they are fewer. */
export function sampleEvenly(rows: readonly number[], size: number): number[] {
  const step = Math.max(1, rows.length / size);
  return Array.from({ length: Math.min(size, rows.length) }, (_, at) => rows[Math.floor(at * step)]!);
}

/** The summary of Appendix B of Alegre et al. (2024) over many sources. */
export interface SpreadSummary {
  readonly sources: number;
  /** Median, 90 % and 99 % of σ, and the largest; null without sources. */
  readonly sigmaMedian: number | null;
  readonly sigma90: number | null;
  readonly sigma99: number | null;
  readonly sigmaLargest: number | null;
  /** Sources with σ below 0.01 ("the vast majority" in the paper), and from 0.05 on (its two most extreme). */
  readonly sigmaBelow001: number;
  readonly sigmaFrom005: number;
  /** Sources whose class changes at the threshold: 14 of the paper's groups of four at 0.5. */
  readonly mixed: number;
  /** The source with the widest range of P(MC). */
  readonly worst: { readonly row: number; readonly lowest: number; readonly highest: number } | null;
}

/** @param spreads of the rows, in the same order */
export function summariseSpreads(rows: readonly number[], spreads: readonly Spread[]): SpreadSummary {
  const sigmas = Float64Array.from(spreads, ({ sigma }) => sigma).sort();
  const quantile = (share: number): number | null =>
    sigmas.length === 0 ? null : sigmas[Math.ceil(share * sigmas.length) - 1]!;
  let worst: SpreadSummary['worst'] = null;
  spreads.forEach(({ lowest, highest }, index) => {
    if (worst === null || highest - lowest > worst.highest - worst.lowest) {
      worst = { row: rows[index]!, lowest, highest };
    }
  });
  return {
    sources: spreads.length,
    sigmaMedian: quantile(0.5),
    sigma90: quantile(0.9),
    sigma99: quantile(0.99),
    sigmaLargest: quantile(1),
    sigmaBelow001: sigmas.filter((sigma) => sigma < 0.01).length,
    sigmaFrom005: sigmas.filter((sigma) => sigma >= 0.05).length,
    mixed: spreads.filter(({ isMixed }) => isMixed).length,
    worst,
  };
}
