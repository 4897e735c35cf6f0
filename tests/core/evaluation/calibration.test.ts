import { describe, expect, test } from 'vitest';
import { brierScore, expectedCalibrationError, reliabilityBins } from '../../../src/core/evaluation/calibration.ts';
import { evaluationFixture, ROUNDING_DIGITS } from './evaluation-fixture.ts';

test('without rows neither Brier score nor calibration error is defined, and every bin says that it is empty', () => {
  expect(brierScore([], [])).toEqual({ defined: false, reason: 'there are no rows' });
  expect(expectedCalibrationError([], []).defined).toBe(false);
  expect(reliabilityBins([], []).every(({ rows, mcShare }) => rows === 0 && !mcShare.defined)).toBe(true);
});

test('a probability on an edge belongs to the bin below it, 0 and 1 to the first and the last', () => {
  const bins = reliabilityBins([0, 0, 0, 0], [0, 0.1, 0.3, 1]);
  expect(bins.map(({ rows }) => rows)).toEqual([2, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
});

describe.each(evaluationFixture.cases)('random scores, case %#: as scikit-learn', (fixture) => {
  const { isMc, score, weight, calibration } = fixture;

  test('Brier score, plain and weighted', () => {
    const plain = brierScore(isMc, score);
    const weighted = brierScore(isMc, score, weight);
    expect(plain.defined && plain.value).toBeCloseTo(fixture.brier, ROUNDING_DIGITS);
    expect(weighted.defined && weighted.value).toBeCloseTo(fixture.brierWeighted, ROUNDING_DIGITS);
  });

  test('the reliability diagram and its expected calibration error', () => {
    const filled = reliabilityBins(isMc, score).filter(({ rows }) => rows > 0);
    expect(filled.map(({ rows }) => rows)).toEqual(calibration.binRows);
    filled.forEach(({ meanProbability, mcShare }, bin) => {
      expect(meanProbability.defined && meanProbability.value).toBeCloseTo(
        calibration.meanProbability[bin]!,
        ROUNDING_DIGITS,
      );
      expect(mcShare.defined && mcShare.value).toBeCloseTo(calibration.mcShare[bin]!, ROUNDING_DIGITS);
    });
    const error = expectedCalibrationError(isMc, score);
    expect(error.defined && error.value).toBeCloseTo(calibration.ece, ROUNDING_DIGITS);
  });
});
