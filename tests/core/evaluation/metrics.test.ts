import { describe, expect, test } from 'vitest';
import { confusionCounts, metricsOf } from '../../../src/core/evaluation/confusion.ts';
import type { Metric } from '../../../src/core/evaluation/metric.ts';
import { rocAuc, rocCurve } from '../../../src/core/evaluation/roc.ts';
import { evaluationFixture, ROUNDING_DIGITS } from './evaluation-fixture.ts';

const { cases } = evaluationFixture;

describe('what is undefined is not zero', () => {
  test('precision of a model that flags nothing', () => {
    const { precision, recall } = metricsOf(confusionCounts([1, 0], [0.1, 0.2], 0.5));
    expect(precision).toEqual({ defined: false, reason: 'no row is flagged' });
    expect(recall).toEqual({ defined: true, value: 0 });
  });
  test('recall without MC rows, false positive rate without S rows, anything without rows', () => {
    expect(metricsOf(confusionCounts([0], [0.9], 0.5)).recall.defined).toBe(false);
    expect(metricsOf(confusionCounts([1], [0.9], 0.5)).falsePositiveRate.defined).toBe(false);
    expect(
      Object.values<Metric>({ ...metricsOf(confusionCounts([], [], 0.5)) }).every((metric) => !metric.defined),
    ).toBe(true);
  });
  test('Matthews’ coefficient and balanced accuracy of one class, or of a model that says one thing only', () => {
    expect(metricsOf(confusionCounts([1, 0], [0.1, 0.2], 0.5)).mcc).toEqual({
      defined: false,
      reason: 'no row is flagged',
    });
    expect(metricsOf(confusionCounts([1, 0], [0.6, 0.7], 0.5)).mcc.defined).toBe(false);
    expect(metricsOf(confusionCounts([0, 0], [0.1, 0.9], 0.5)).balancedAccuracy).toEqual({
      defined: false,
      reason: 'no row is MC',
    });
  });
  test('a ROC curve of one class', () => {
    expect(rocAuc([1, 1], [0.1, 0.9])).toEqual({ defined: false, reason: 'every row is MC' });
    expect(rocAuc([0], [0.1])).toEqual({ defined: false, reason: 'no row is MC' });
    expect(rocCurve([0, 0], [0.1, 0.9])).toBeUndefined();
  });
});

test('a probability equal to the threshold is flagged', () => {
  expect(confusionCounts([1, 0], [0.5, 0.5], 0.5)).toMatchObject({ truePositive: 1, falsePositive: 1 });
});

test('scores that are all equal tell nothing: AUC one half', () => {
  expect(rocAuc([1, 0, 0], [0.3, 0.3, 0.3])).toEqual({ defined: true, value: 0.5 });
});

describe.each(cases)('random scores, case %#: as scikit-learn', (fixture) => {
  const { isMc, score, weight } = fixture;
  test('confusion counts and metrics', () => {
    const counts = confusionCounts(isMc, score, fixture.threshold);
    const { truePositive, falsePositive, falseNegative, trueNegative } = counts;
    expect([truePositive, falsePositive, falseNegative, trueNegative]).toEqual(fixture.counts);
    const metrics = metricsOf(counts);
    for (const name of [
      'accuracy',
      'balancedAccuracy',
      'precision',
      'precisionOfS',
      'recall',
      'recallOfS',
      'f1',
      'f1OfS',
      'mcc',
    ] as const) {
      const metric = metrics[name];
      expect(metric.defined && metric.value, name).toBeCloseTo(fixture[name], ROUNDING_DIGITS);
    }
  });

  test('ROC AUC, plain and weighted, ties counted half', () => {
    const plain = rocAuc(isMc, score);
    const weighted = rocAuc(isMc, score, weight);
    expect(plain.defined && plain.value).toBeCloseTo(fixture.rocAuc, ROUNDING_DIGITS);
    expect(weighted.defined && weighted.value).toBeCloseTo(fixture.rocAucWeighted, ROUNDING_DIGITS);
  });

  test('every point of the ROC curve', () => {
    const curve = rocCurve(isMc, score)!;
    expect([...curve.threshold.slice(1)]).toEqual(fixture.thresholds);
    curve.falsePositiveRate.forEach((rate, at) => expect(rate).toBeCloseTo(fixture.fpr[at]!, ROUNDING_DIGITS));
    curve.truePositiveRate.forEach((rate, at) => expect(rate).toBeCloseTo(fixture.tpr[at]!, ROUNDING_DIGITS));
  });
});
