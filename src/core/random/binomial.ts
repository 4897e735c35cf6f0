import type { RandomStream } from './philox.ts';

/** Below this mean counting waiting times is as quick as rejection, and needs no approximation of factorials. */
const SMALL_MEAN = 10;

/**
 * A binomial deviate: successes in `trials` independent trials of chance `chance`, exact for any size.
 *
 * Few expected successes: Devroye's second waiting-time method (1986, "Non-uniform random variate generation", X.4.3).
 * Many: Hörmann's transformed rejection BTRS (1993, J. Stat. Comput. Simul. 46, 101), constant time.
 *
 * @param trials whole number ≥ 0
 * @param chance 0 … 1
 */
export function binomial(random: RandomStream, trials: number, chance: number): number {
  if (trials === 0 || chance <= 0) return 0;
  if (chance >= 1) return trials;
  if (chance > 0.5) return trials - binomial(random, trials, 1 - chance);
  return trials * chance < SMALL_MEAN ? byWaiting(random, trials, chance) : byRejection(random, trials, chance);
}

function byWaiting(random: RandomStream, trials: number, chance: number): number {
  const logFailure = Math.log1p(-chance);
  let passed = 0;
  for (let successes = 0; ; successes++) {
    // Trials up to the next success; 1 − u is never 0.
    passed += Math.floor(Math.log(1 - random.uniform()) / logFailure) + 1;
    if (passed > trials) return successes;
  }
}

function byRejection(random: RandomStream, trials: number, chance: number): number {
  const deviation = Math.sqrt(trials * chance * (1 - chance));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * chance;
  const centre = trials * chance + 0.5;
  const quick = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * deviation;
  const odds = chance / (1 - chance);
  const mode = Math.floor((trials + 1) * chance);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= quick) return k;
    if (k < 0 || k > trials) continue;
    const accepted =
      (mode + 0.5) * Math.log((mode + 1) / (odds * (trials - mode + 1))) +
      (trials + 1) * Math.log((trials - mode + 1) / (trials - k + 1)) +
      (k + 0.5) * Math.log((odds * (trials - k + 1)) / (k + 1)) +
      stirlingTail(mode) +
      stirlingTail(trials - mode) -
      stirlingTail(k) -
      stirlingTail(trials - k);
    if (Math.log((v * alpha) / (a / (us * us) + b)) <= accepted) return k;
  }
}

/** ln k! less Stirling's formula for it, at 0 … 9; the series below is good to 1e-10 from 10 on. */
const TAILS = [
  0.08106146679532726, 0.0413406959554093, 0.02767792568499834, 0.02079067210376509, 0.01664469118982119,
  0.01387612882307075, 0.01189670994589177, 0.01041126526197209, 0.00925546218271273, 0.00833056343336287,
];

function stirlingTail(k: number): number {
  if (k < TAILS.length) return TAILS[k]!;
  const square = (k + 1) ** 2;
  return (1 / 12 - (1 / 360 - 1 / 1260 / square) / square) / (k + 1);
}

/**
 * How often each of several kinds is drawn in `draws` draws with replacement, written into `out`.
 * @param weight of each kind, ≥ 0, with a positive sum
 */
export function multinomialInto(
  out: Float64Array,
  random: RandomStream,
  draws: number,
  weight: ArrayLike<number>,
): void {
  let left = draws;
  let weightLeft = 0;
  for (let kind = 0; kind < weight.length; kind++) weightLeft += weight[kind]!;
  for (let kind = 0; kind < weight.length; kind++) {
    const isLast = kind === weight.length - 1;
    const drawn = isLast ? left : binomial(random, left, Math.min(1, weight[kind]! / weightLeft));
    out[kind] = drawn;
    left -= drawn;
    weightLeft -= weight[kind]!;
  }
}
