import type { RandomStream } from '../../core/random/philox.ts';

/** Uniform in low ≤ v < high. */
export const between = (random: RandomStream, low: number, high: number): number =>
  low + (high - low) * random.uniform();

/** Log-normal: exp of a normal deviate of mean ln(median) and standard deviation `sigmaLn`. */
export const logNormal = (random: RandomStream, median: number, sigmaLn: number): number =>
  median * Math.exp(sigmaLn * random.normal());

/** Uniform in the logarithm between two positive limits. */
export const logUniform = (random: RandomStream, low: number, high: number): number =>
  low * (high / low) ** random.uniform();

export const chance = (random: RandomStream, probability: number): boolean => random.uniform() < probability;
