import { metricsOf } from './confusion.ts';
import { precisionAtPrevalence } from './prior.ts';
import { countsAt } from './score-table.ts';
import type { ScoreTable } from './score-table.ts';

/** What a model's card knows of it at a threshold. Neither number depends on how common MC sources are. */
export interface CardRate {
  readonly threshold: number;
  readonly recall: number;
  readonly falsePositiveRate: number;
}

const STEPS = 100;

/** Rates of a test, uncorrected, at even thresholds 0 … 1; empty where a class is missing. */
export function cardRates(test: ScoreTable): readonly CardRate[] {
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const threshold = step / STEPS;
    const { recall, falsePositiveRate } = metricsOf(countsAt(test, threshold, 'raw'));
    return { threshold, recall, falsePositiveRate };
  }).flatMap(({ threshold, recall, falsePositiveRate }) =>
    recall.defined && falsePositiveRate.defined
      ? [{ threshold, recall: recall.value, falsePositiveRate: falsePositiveRate.value }]
      : [],
  );
}

/** The same where a share `prevalence` of the sources is MC: recall stays, precision follows. */
export const cardCurve = (rates: readonly CardRate[], prevalence: number) =>
  rates.map(({ threshold, recall, falsePositiveRate }) => ({
    threshold,
    recall,
    falsePositiveRate,
    precision: precisionAtPrevalence(recall, falsePositiveRate, prevalence),
  }));

/** The rates at a threshold, of the nearest step. Undefined without any. */
export function rateAt(rates: readonly CardRate[], threshold: number): CardRate | undefined {
  return rates.reduce<CardRate | undefined>(
    (best, rate) =>
      best === undefined || Math.abs(rate.threshold - threshold) < Math.abs(best.threshold - threshold) ? rate : best,
    undefined,
  );
}

/** Of LoTSS DR1: 9,046 MC rows less 99 SISG ones, of the 42.3 % of 323,103 rows that are not SISG (Alegre et al. 2024). */
export const DR1_PREVALENCE = 0.065;

/** What a card promises of a threshold where a share of the sources is MC. */
export interface CardPromise extends CardRate {
  /** NaN where nothing would be flagged. */
  readonly precision: number;
  /** How many of the sources it would flag. */
  readonly flagged: number;
}

/** The promise of the step nearest to a threshold, for `sources` sources of which a share `prevalence` is MC. */
export function promiseAt(
  rates: readonly CardRate[],
  threshold: number,
  prevalence: number,
  sources: number,
): CardPromise | undefined {
  const rate = rateAt(rates, threshold);
  if (rate === undefined) return undefined;
  const { recall, falsePositiveRate } = rate;
  return {
    ...rate,
    precision: precisionAtPrevalence(recall, falsePositiveRate, prevalence),
    flagged: sources * (prevalence * recall + (1 - prevalence) * falsePositiveRate),
  };
}
