import { expect, test } from 'vitest';
import { pairTwoResults } from '../../src/core/evaluation/pair-two-results.ts';
import { LABEL_CODE } from '../../src/core/evaluation/pair-rows.ts';
import { scoreTable } from '../../src/core/evaluation/score-table.ts';
import { comparisonFigure } from '../../src/figures/comparison-figure.ts';

const results = pairTwoResults(
  {
    label: Uint8Array.of(LABEL_CODE.MC, LABEL_CODE.MC, LABEL_CODE.S, LABEL_CODE.S),
    group: Int32Array.of(0, 1, 2, 3),
    groupCount: 4,
    dataset: new Uint8Array(4).fill(255),
  },
  { probability: Float64Array.of(0.9, 0.6, 0.4, 0.1), isSisg: new Uint8Array(4) },
  { probability: Float64Array.of(0.9, 0.2, 0.7, 0.1), dataset: undefined },
  { subset: 'all', leavesOutLearned: false },
);
const figureOf = (curve: 'roc' | 'precision-recall') =>
  comparisonFigure({
    curve,
    results,
    tables: [scoreTable(results.first), scoreTable(results.second)],
    areas: undefined,
    names: { first: 'one', second: 'two' },
    threshold: 0.5,
    fieldName: 'P205+55',
    warning: 'Includes rows that a model was trained on.',
  });

test.each(['roc', 'precision-recall'] as const)('the numbers of two %s curves are those of both, by name', (curve) => {
  const { numbers, name, caption } = figureOf(curve);
  expect(name).toBe(`${curve}-compared`);
  expect(numbers.columns[0]).toBe('curve');
  const rowsOf = (model: string) => numbers.rows.filter(([whose]) => whose === model);
  expect(rowsOf('one').length).toBeGreaterThan(2);
  expect(rowsOf('two').length).toBeGreaterThan(2);
  // At 0.65 the first finds one of two, the second one of two and a wrong one.
  expect(rowsOf('one')).not.toEqual(rowsOf('two').map(([, ...numbers]) => ['one', ...numbers]));
  expect(caption).toContain('one coloured, two dashed');
  expect(caption).toContain('trained on');
});
