import { describe, expect, test } from 'vitest';
import { fitLogisticRegression, logitsOf } from '../../../src/core/training/logistic-regression.ts';
import logistic from '../../fixtures/logistic.json' with { type: 'json' };

describe('logistic regression', () => {
  test('separable classes give finite weights, thanks to the ridge', () => {
    const { weights } = fitLogisticRegression([-2, -1, 1, 2], [0, 0, 1, 1], 1);
    expect(weights[0]).toBeGreaterThan(0);
    expect(weights[0]).toBeLessThan(10);
  });

  test('the coefficients are those of scikit-learn with C = 1', () => {
    const fitted = fitLogisticRegression(logistic.values, logistic.labels, logistic.featureCount);
    // scikit-learn stops at its own tolerance of 1e-12.
    expect(fitted.intercept).toBeCloseTo(logistic.intercept, 7);
    logistic.weights.forEach((weight, j) => expect(fitted.weights[j]).toBeCloseTo(weight, 7));
    expect(logitsOf(fitted, logistic.values)[0]).toBeCloseTo(logistic.firstLogit, 6);
  });
});
