import { expect, test } from 'vitest';
import { cardCurve, cardRates, rateAt } from '../../../src/core/evaluation/card-rates.ts';
import { metricsOf } from '../../../src/core/evaluation/confusion.ts';
import { countsAt } from '../../../src/core/evaluation/score-table.ts';

const table = {
  mc: Float64Array.of(0.2, 0.6, 0.8, 0.9),
  mcCorrected: Float64Array.of(0.9, 0.9, 0.9, 0.9),
  s: Float64Array.of(0.05, 0.1, 0.3, 0.35, 0.5, 0.7),
};

test('a test in which a class is missing gives no curve, not one of zeros', () => {
  const none = new Float64Array(0);
  expect(cardRates({ ...table, mc: none, mcCorrected: none })).toEqual([]);
  expect(cardRates({ ...table, s: none })).toEqual([]);
  expect(rateAt([], 0.5)).toBeUndefined();
});

test('rates are those of the uncorrected counts', () => {
  const rates = cardRates(table);
  expect(rates).toHaveLength(101);
  expect(rates[50]).toEqual({ threshold: 0.5, recall: 3 / 4, falsePositiveRate: 2 / 6 });
});

test('at the prevalence of the test itself, the precision is that of the test', () => {
  for (const { threshold, precision } of cardCurve(cardRates(table), 4 / 10)) {
    const { precision: counted } = metricsOf(countsAt(table, threshold, 'raw'));
    if (counted.defined) expect(precision).toBeCloseTo(counted.value, 12);
    else expect(precision).toBeNaN();
  }
});

test('where MC sources are rarer, fewer of those that are flagged are MC', () => {
  const rates = cardRates(table);
  const [rare, common] = [cardCurve(rates, 0.01), cardCurve(rates, 0.4)];
  expect(rare[50]!.precision).toBeCloseTo((0.01 * 0.75) / (0.01 * 0.75 + 0.99 / 3), 12);
  expect(rare[50]!.precision).toBeLessThan(common[50]!.precision);
});
