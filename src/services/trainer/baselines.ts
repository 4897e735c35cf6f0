import { rocAuc } from '../../core/evaluation/roc.ts';
import { standardise } from '../../core/features/scaling.ts';
import { fitLogisticRegression, logitsOf } from '../../core/training/logistic-regression.ts';
import type { LabelledRows } from './labelled-rows.ts';
import { featuresOf } from './labelled-rows.ts';
import type { AucWithInterval, TestRows } from './test-scores.ts';
import { aucOf } from './test-scores.ts';
import { momentsOf } from './training-set.ts';

/** AUC of one feature taken alone, in the direction that is better [0.5..1]. */
export interface FeatureAuc {
  readonly feature: string;
  readonly auc: number;
  /** True where small values mean MC. */
  readonly isInverse: boolean;
}

/** What simpler methods reach on the same test rows: what a network has to beat. */
export interface Baselines {
  /** Best first. */
  readonly singleFeatures: readonly FeatureAuc[];
  /** Logistic regression on all features, as asinh(value) standardised, fitted on the training rows. */
  readonly logisticRegression: AucWithInterval | undefined;
}

/** @param trainRows indices into `train`: the training part of the balanced set, each row once */
export function computeBaselines(
  train: LabelledRows,
  trainRows: readonly number[],
  test: TestRows,
  seed: number,
): Baselines {
  const featureCount = train.featureNames.length;
  const testFeatures = featuresOf(test.rows, test.chosen);
  const singleFeatures = train.featureNames.flatMap((feature, j): FeatureAuc[] => {
    const score = Float64Array.from(test.chosen, (_, index) => testFeatures[index * featureCount + j]!);
    const auc = rocAuc(test.isMc, score);
    if (!auc.defined) return [];
    return [{ feature, auc: Math.max(auc.value, 1 - auc.value), isInverse: auc.value < 0.5 }];
  });
  const moments = momentsOf(train, trainRows, 'asinh-standardise');
  const fitted = fitLogisticRegression(
    standardise(featuresOf(train, trainRows), moments),
    trainRows.map((row) => train.isMc[row]!),
    featureCount,
  );
  return {
    singleFeatures: singleFeatures.sort((a, b) => b.auc - a.auc),
    logisticRegression: aucOf(test, logitsOf(fitted, standardise(testFeatures, moments)), seed),
  };
}
