import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combinedRows, rowMask } from '../../../src/renderer/state/row-set.ts';

const anyRows = fc.uniqueArray(fc.nat({ max: 40 })).map((rows) => Uint32Array.from(rows.sort((a, b) => a - b)));

test('rows are added and taken away as sets are, and stay in ascending order', () => {
  fc.assert(
    fc.property(anyRows, anyRows, (present, rows) => {
      const [a, b] = [new Set(present), new Set(rows)];
      const expected = { replace: b, add: [...new Set([...a, ...b])], remove: [...a].filter((row) => !b.has(row)) };
      for (const mode of ['replace', 'add', 'remove'] as const) {
        expect([...combinedRows(present, rows, mode)]).toEqual([...expected[mode]].sort((x, y) => x - y));
      }
    }),
    { seed: 9 },
  );
});

test('a row that the catalogue does not have marks nothing', () => {
  expect([...rowMask(Uint32Array.of(1, 7), 3)]).toEqual([0, 1, 0]);
});
