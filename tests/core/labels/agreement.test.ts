import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { agreementOf } from '../../../src/core/labels/agreement.ts';
import type { LabelWord } from '../../../src/core/labels/label-words.ts';
import { LABEL_WORDS } from '../../../src/core/labels/label-words.ts';

interface Case {
  readonly name: string;
  readonly first: readonly LabelWord[];
  readonly second: readonly LabelWord[];
  readonly kappa: number;
}
const { cases } = JSON.parse(readFileSync(new URL('../../fixtures/agreement.json', import.meta.url), 'utf8')) as {
  cases: readonly Case[];
};

const byRow = (words: readonly LabelWord[]): Map<number, LabelWord> => new Map(words.map((word, row) => [row, word]));

test('labellers with no common row have no κ, nor have two who only ever said the same one word', () => {
  const apart = agreementOf(new Map([[1, 'MC']]), new Map([[2, 'MC']]), LABEL_WORDS);
  expect(apart.kappa).toEqual({ defined: false, reason: 'no row was labelled by both' });
  const same = agreementOf(byRow(['S', 'S']), byRow(['S', 'S']), LABEL_WORDS);
  expect(same.kappa).toMatchObject({ defined: false });
  expect(same).toMatchObject({ rows: 2, same: 2 });
});

// Both compute a ratio of the same whole numbers; the last bits of two divisions may differ.
test.each(cases)("κ is scikit-learn's: $name", ({ first, second, kappa }) => {
  const found = agreementOf(byRow(first), byRow(second), LABEL_WORDS).kappa;
  expect(found.defined && found.value).toBeCloseTo(kappa, 12);
});

test('rows that only one of the two labelled do not count', () => {
  const first = new Map<number, LabelWord>([...byRow(['MC', 'S', 'MC', 'S']), [9, 'MC']]);
  const found = agreementOf(first, byRow(['MC', 'S', 'S', 'S']), LABEL_WORDS);
  expect(found).toMatchObject({
    rows: 4,
    same: 3,
    words: ['MC', 'S'],
    counts: [
      [1, 1],
      [0, 2],
    ],
  });
});
