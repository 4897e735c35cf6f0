import { readFileSync } from 'node:fs';

export interface MetricCase {
  readonly isMc: number[];
  readonly score: number[];
  readonly weight: number[];
  readonly threshold: number;
  /** TP, FP, FN, TN */
  readonly counts: readonly [number, number, number, number];
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly precision: number;
  readonly precisionOfS: number;
  readonly recall: number;
  readonly recallOfS: number;
  readonly f1: number;
  readonly f1OfS: number;
  readonly mcc: number;
  readonly rocAuc: number;
  readonly rocAucWeighted: number;
  readonly fpr: number[];
  readonly tpr: number[];
  readonly thresholds: number[];
  readonly averagePrecision: number;
  readonly averagePrecisionWeighted: number;
  readonly precisionCurve: number[];
  readonly recallCurve: number[];
  readonly brier: number;
  readonly brierWeighted: number;
  /** Filled bins only. */
  readonly calibration: {
    readonly binRows: number[];
    readonly mcShare: number[];
    readonly meanProbability: number[];
    readonly ece: number;
  };
}

interface EvaluationFixture {
  readonly cases: MetricCase[];
  readonly mcnemar: { readonly onlyFirst: number; readonly onlySecond: number; readonly pValue: number }[];
  readonly binomial: {
    readonly trials: number;
    readonly chance: number;
    readonly points: number[];
    readonly cumulative: number[];
  }[];
  readonly wilson: { readonly share: number; readonly trials: number; readonly low: number; readonly high: number }[];
}

/**
 * Made by scikit-learn and scipy: scripts/fixtures/make_evaluation.py. Scores are rounded to none, 2, 1 and 0 decimals,
 * so that most are tied.
 */
export const evaluationFixture = JSON.parse(
  readFileSync(new URL('../../fixtures/evaluation.json', import.meta.url), 'utf8'),
) as EvaluationFixture;

/** Sums and quotients of counts, in another order than scikit-learn's. */
export const ROUNDING_DIGITS = 12;
