import { describe, expect, test } from 'vitest';
import type { EpochMetrics } from '../../../src/core/training/epoch-history.ts';
import { bestEpochOf, meanCrossEntropy, validationMetrics } from '../../../src/core/training/epoch-history.ts';
import { learningRateAt, PUBLISHED_TRAINING } from '../../../src/core/training/training-recipe.ts';

const epoch = (number: number, validationLoss: number): EpochMetrics => ({
  epoch: number,
  validationLoss,
  trainLoss: 0,
  trainAccuracy: 0,
  trainPrecision: 0,
  trainRecall: 0,
  validationAccuracy: 0,
  validationPrecision: 0,
  validationRecall: 0,
  validationF1: 0,
  validationAuc: 0,
});

describe('epochs', () => {
  test('no epoch has no best one', () => {
    expect(bestEpochOf([])).toBeUndefined();
  });

  test('the best epoch has the lowest validation loss, the first of equals; NaN never wins', () => {
    expect(bestEpochOf([epoch(1, 0.5), epoch(2, 0.2), epoch(3, 0.2), epoch(4, Number.NaN)])!.epoch).toBe(2);
  });

  test('a certain and wrong network has a large but finite loss', () => {
    expect(meanCrossEntropy([1], [0])).toBeCloseTo(-Math.log(1e-7), 12);
    expect(meanCrossEntropy([1, 0], [0.5, 0.5])).toBeCloseTo(Math.LN2, 15);
  });

  test('a network that flags nothing has no precision, and a recall of 0', () => {
    const { validationPrecision, validationRecall } = validationMetrics([1, 0], [0.1, 0.2], 0.5);
    expect(validationPrecision).toBeNaN();
    expect(validationRecall).toBe(0);
  });

  test('with one class alone there is no AUC', () => {
    expect(validationMetrics([1, 1], [0.2, 0.9], 0.5).validationAuc).toBeNaN();
  });

  test('the cosine schedule starts at the learning rate, is half of it half-way, and ends near 0', () => {
    const recipe = { ...PUBLISHED_TRAINING, schedule: 'cosine' as const, learningRate: 1e-3 };
    expect(learningRateAt(recipe, 0, 100)).toBe(1e-3);
    expect(learningRateAt(recipe, 50, 100)).toBeCloseTo(5e-4, 12);
    expect(learningRateAt(recipe, 99, 100)).toBeLessThan(1e-6);
  });
});
