import { describe, expect, test } from 'vitest';
import { averagePrecision, precisionRecallCurve } from '../../../src/core/evaluation/precision-recall.ts';
import { evaluationFixture, ROUNDING_DIGITS } from './evaluation-fixture.ts';

test('without MC rows there is neither a curve nor an average precision', () => {
  expect(precisionRecallCurve([0, 0], [0.1, 0.9])).toBeUndefined();
  expect(averagePrecision([0, 0], [0.1, 0.9])).toEqual({ defined: false, reason: 'no row is MC' });
  expect(averagePrecision([], [])).toEqual({ defined: false, reason: 'no row is MC' });
});

test('scores that are all equal: the average precision is the prevalence', () => {
  expect(averagePrecision([1, 0, 0, 0], [0.3, 0.3, 0.3, 0.3])).toEqual({ defined: true, value: 0.25 });
});

test('with MC rows alone every flagged row is right', () => {
  expect(averagePrecision([1, 1], [0.2, 0.8])).toEqual({ defined: true, value: 1 });
});

describe.each(evaluationFixture.cases)('random scores, case %#: as scikit-learn', (fixture) => {
  const { isMc, score, weight } = fixture;

  test('average precision, plain and weighted', () => {
    const plain = averagePrecision(isMc, score);
    const weighted = averagePrecision(isMc, score, weight);
    expect(plain.defined && plain.value).toBeCloseTo(fixture.averagePrecision, ROUNDING_DIGITS);
    expect(weighted.defined && weighted.value).toBeCloseTo(fixture.averagePrecisionWeighted, ROUNDING_DIGITS);
  });

  test('every point of the curve', () => {
    // scikit-learn counts thresholds upwards.
    const { precision, recall } = precisionRecallCurve(isMc, score)!;
    expect(precision.length).toBe(fixture.precisionCurve.length);
    precision
      .toReversed()
      .forEach((value, at) => expect(value).toBeCloseTo(fixture.precisionCurve[at]!, ROUNDING_DIGITS));
    recall.toReversed().forEach((value, at) => expect(value).toBeCloseTo(fixture.recallCurve[at]!, ROUNDING_DIGITS));
  });
});
