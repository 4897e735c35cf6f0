import { expect, test } from 'vitest';
import { definedMetric } from '../../src/core/evaluation/metric.ts';
import { intervalText, metricValue, withInterval } from '../../src/figures/words.ts';

test('an interval of positive ends is joined by a dash, one with a negative end by “to”, with minus signs', () => {
  expect(intervalText({ low: 0.954, high: 0.971 })).toBe('0.954–0.971');
  expect(intervalText({ low: -1, high: -0.293 })).toBe('−1.000 to −0.293');
  expect(intervalText({ low: -0.12, high: 0.031 })).toBe('−0.120 to 0.031');
});

test('a value that rounds to zero from below has no sign', () => {
  expect(intervalText({ low: -0.0002, high: 0.4 })).toBe('0.000–0.400');
  expect(metricValue(definedMetric(-0.0004))).toBe('0.000');
});

test('a negative metric has a minus sign, alone and with its interval', () => {
  expect(metricValue(definedMetric(-0.293))).toBe('−0.293');
  const interval = { low: -0.4, high: -0.1, level: 0.95, by: 'resampling' as const };
  expect(withInterval(definedMetric(-0.293), interval)).toBe('−0.293 (−0.400 to −0.100)');
});
