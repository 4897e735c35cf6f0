import { randomStream } from '../../core/random/philox.ts';

/** What a feature's value does to P(MC), against the values that other sources have. */
export interface FeatureEffect {
  /** Mean of P − P(permuted) over the sources whose value was borrowed. */
  readonly effect: number;
  readonly lowest: number;
  readonly highest: number;
}

/**
 * Rows whose values take the place of a source's own, the same for every feature: drawn without repetition from the
 * seed and the row alone.
 */
export function borrowedRows(candidates: readonly number[], row: number, count: number, seed: number): number[] {
  const others = candidates.filter((candidate) => candidate !== row);
  const random = randomStream(seed, row);
  const wanted = Math.min(count, others.length);
  for (let i = 0; i < wanted; i++) {
    const j = i + Math.floor(random.uniform() * (others.length - i));
    [others[i], others[j]] = [others[j]!, others[i]!];
  }
  return others.slice(0, wanted);
}

/**
 * Features with one value borrowed: feature by feature, and within a feature row by row.
 * @param borrowed features of the rows that are borrowed from
 */
export function permutedFeatures(own: Float64Array, borrowed: readonly Float64Array[]): readonly Float64Array[] {
  return [...own.keys()].flatMap((feature) =>
    borrowed.map((other) => {
      const changed = own.slice();
      changed[feature] = other[feature]!;
      return changed;
    }),
  );
}

/** @param permuted P(MC) in the order of `permutedFeatures` */
export function featureEffects(probability: number, permuted: Float64Array, featureCount: number): FeatureEffect[] {
  const draws = permuted.length / featureCount;
  return Array.from({ length: featureCount }, (_, feature) => {
    const changes = Array.from(
      permuted.subarray(feature * draws, (feature + 1) * draws),
      (changed) => probability - changed,
    );
    return {
      effect: changes.reduce((sum, change) => sum + change, 0) / draws,
      lowest: Math.min(...changes),
      highest: Math.max(...changes),
    };
  });
}
