import { describe, expect, test } from 'vitest';
import type { FilterColumn } from '../../../src/core/table/filter-rows.ts';
import type { OrderRequest } from '../../../src/renderer/row-order/row-order.ts';
import { isExpression, orderRows, textColumn } from '../../../src/renderer/row-order/row-order.ts';

const numbers = (...values: number[]): FilterColumn => ({ kind: 'number', values: Float64Array.from(values) });
const columns: Readonly<Record<string, FilterColumn>> = {
  name: textColumn(['ILTJ0005', 'ILTJ0004', 'ILTJ0003', 'ILTJ0002', 'ILTJ0001']),
  // Row 0 is SISG but scored, as with --score-sisg.
  mc_probability: numbers(0.99, 0.5, 0.8, Number.NaN, Number.NaN),
  sisg: numbers(1, 0, 0, 0, 0),
  Maj: numbers(6, 7, 20, 9, 10),
  label: textColumn(['', 'MC', '', 'S', 'blend']),
};
const asked: OrderRequest = {
  filter: '',
  status: 'any',
  threshold: 0.5,
  sortedBy: '',
  isDescending: false,
  histograms: [],
};
const order = (request: Partial<OrderRequest>) =>
  orderRows({ rowCount: 5, names: Object.keys(columns), find: (name) => columns[name] }, { ...asked, ...request });
const rows = (request: Partial<OrderRequest>): number[] => [...order(request).rows];

describe('the order and choice of table rows', () => {
  test('rows without a value come last in either direction, numbers and texts alike', () => {
    expect(rows({ sortedBy: 'mc_probability' })).toEqual([1, 2, 0, 3, 4]);
    expect(rows({ sortedBy: 'mc_probability', isDescending: true })).toEqual([0, 2, 1, 3, 4]);
    expect(rows({ sortedBy: 'label' })).toEqual([1, 3, 4, 0, 2]);
    expect(rows({ sortedBy: 'label', isDescending: true })).toEqual([4, 3, 1, 0, 2]);
  });

  test('by a column that is not there they stay in the order of the catalogue', () => {
    expect(rows({ sortedBy: 'Min', isDescending: true })).toEqual([0, 1, 2, 3, 4]);
  });

  test('flagged means at or above the threshold and not SISG', () => {
    expect(rows({ status: 'flagged' })).toEqual([1, 2]);
    expect(rows({ status: 'flagged', threshold: 0.6 })).toEqual([2]);
  });

  test('every row is flagged, not flagged or without result', () => {
    const shown = (['flagged', 'not-flagged', 'without-result'] as const).flatMap((status) =>
      rows({ status, threshold: 0.6 }),
    );
    expect(shown.sort()).toEqual([0, 1, 2, 3, 4]);
  });

  test('a text without a sign of comparison is a part of a name, in any case', () => {
    expect(isExpression('ILTJ0003+54.1')).toBe(false);
    expect(rows({ filter: 'iltj0003' })).toEqual([2]);
  });

  test('an expression and a status narrow together, and the sky is told which rows are left', () => {
    const { rows: listed, mask } = order({ filter: 'Maj > 6.5', status: 'not-flagged', threshold: 0.6 });
    expect([...listed]).toEqual([1]);
    expect([...mask!]).toEqual([0, 1, 0, 0, 0]);
    expect(order({}).mask).toBeUndefined();
  });

  test('an expression with a mistake narrows nothing and says what is wrong', () => {
    const { rows: listed, problem } = order({ filter: 'Majj > 6.5', status: 'flagged' });
    expect([...listed]).toEqual([1, 2]);
    expect(problem?.sentence).toBe('There is no column “Majj”. Is it “Maj”?');
  });

  test('a histogram counts all rows and those that are listed, missing values in neither', () => {
    const { histograms } = order({ filter: 'Maj < 8', histograms: ['Maj', 'mc_probability', 'label', 'Min'] });
    expect(Object.keys(histograms)).toEqual(['Maj', 'mc_probability']);
    const sum = (counts: Uint32Array): number => counts.reduce((total, count) => total + count, 0);
    expect(sum(histograms['Maj']!.all)).toBe(5);
    expect(sum(histograms['Maj']!.listed)).toBe(2);
    expect(sum(histograms['mc_probability']!.all)).toBe(3);
  });
});
