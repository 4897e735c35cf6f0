import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FilterColumn, FilterColumns } from '../../../src/core/table/filter-rows.ts';
import { columnsIn, filterRows } from '../../../src/core/table/filter-rows.ts';

const columns: Readonly<Record<string, FilterColumn>> = {
  Maj: { kind: 'number', values: Float64Array.of(6, 12, 30, Number.NaN) },
  Total_flux: { kind: 'number', values: Float64Array.of(1, 20, 3, 4) },
  'mc_prediction_0.5': { kind: 'number', values: Float64Array.of(0, 1, 1, 0) },
  S_Code: { kind: 'text', codes: Int32Array.of(2, 1, 2, 0), words: ['', 'M', 'S'] },
  'flux (mJy)': { kind: 'number', values: Float64Array.of(1, 2, 3, 4) },
};
const four: FilterColumns = { rowCount: 4, names: Object.keys(columns), find: (name) => columns[name] };

function passing(text: string): number[] {
  const found = filterRows(text, four);
  if (!found.ok) throw new Error(found.problem.sentence);
  return [...found.mask].flatMap((passes, row) => (passes === 1 ? [row] : []));
}
function problem(text: string): string {
  const found = filterRows(text, four);
  if (found.ok) throw new Error(`“${text}” passes rows ${[...found.mask].join('')}`);
  return found.problem.sentence;
}

describe('an expression that is no filter says so in words', () => {
  test.each([
    ['', 'Something is missing at the end.'],
    ['Maj <', 'Something is missing at the end.'],
    ['Maj', 'This is a value, not a condition: compare it with something, as in Maj < 20.'],
    ['Majj < 20', 'There is no column “Majj”. Is it “Maj”?'],
    ['flux_of_everything > 1', 'There is no column “flux_of_everything”.'],
    ['S_Code < 3', 'A text cannot be compared with a number.'],
    ['Maj < 20 & Maj > 3', '“&” has to be written twice: &&.'],
    ['3 < Maj < 20', 'Two comparisons in a row: write a < b && b < c.'],
    ['(Maj < 20', 'A parenthesis is not closed.'],
    ['Maj < 20)', '“)” does not belong here.'],
    ["S_Code == 'M", "The text that begins with ' does not end."],
    ['Maj && Maj < 3', 'A condition is needed here, as in Maj < 20, and this is a number.'],
    ['-S_Code < 3', 'A number is needed here, and this is a text.'],
    [
      'sinus(Maj) < 3',
      'There is no function “sinus”. There are abs, sqrt, log10, log, exp, min, max, contains, startsWith, missing.',
    ],
    ['sqrt(Maj, 2) < 3', 'sqrt takes one value, and has 2.'],
    ['Maj § 3', '“§” means nothing here.'],
    [
      'constructor(Maj) < 3',
      'There is no function “constructor”. There are abs, sqrt, log10, log, exp, min, max, contains, startsWith, missing.',
    ],
  ])('%s', (text, sentence) => expect(problem(text)).toBe(sentence));

  test('and where the mistake is', () => {
    const found = filterRows('Maj < 20 && Majj > 3', four);
    expect(found.ok ? undefined : found.problem.at).toBe(12);
  });

  test('nesting that could exhaust the stack is refused', () => {
    expect(problem('('.repeat(5000) + 'Maj < 3' + ')'.repeat(5000))).toBe('This is nested too deeply.');
    expect(problem(`${'!'.repeat(5000)}(Maj < 3)`)).toBe('This is nested too deeply.');
  });
});

describe('a filter', () => {
  test('joins comparisons with && before ||, and arithmetic before comparisons', () => {
    expect(passing('Maj < 10 || Maj > 20 && Total_flux > 10')).toEqual([0]);
    expect(passing('(Maj < 10 || Maj > 20) && Total_flux > 2')).toEqual([2]);
    expect(passing('Maj + 2 * Total_flux >= 36')).toEqual([1, 2]);
    expect(passing('10 - 4 - 3 == 3')).toEqual([0, 1, 2, 3]);
    expect(passing('-Maj < -10')).toEqual([1, 2]);
  });

  test('takes the column names of the paper, and odd ones in backticks', () => {
    expect(passing('mc_prediction_0.5 == 1')).toEqual([1, 2]);
    expect(passing('`flux (mJy)` > 2')).toEqual([2, 3]);
  });

  test('leaves out a missing value on both sides of a condition, and finds it when asked', () => {
    expect(passing('Maj < 20')).toEqual([0, 1]);
    expect(passing('!(Maj < 20)')).toEqual([2]);
    expect(passing('Maj != 6')).toEqual([1, 2]);
    expect(passing('missing(Maj)')).toEqual([3]);
    expect(passing("S_Code != 'S'")).toEqual([1]);
    expect(passing('missing(S_Code)')).toEqual([3]);
  });

  test('lets a condition that decides alone outweigh a missing value', () => {
    expect(passing('Maj < 20 || Total_flux == 4')).toEqual([0, 1, 3]);
    expect(passing('!(Maj < 20 && Total_flux == 1)')).toEqual([1, 2, 3]);
  });

  test('compares texts by their letters and finds parts of them in any case', () => {
    expect(passing("S_Code == 'S'")).toEqual([0, 2]);
    expect(passing("S_Code < 'S'")).toEqual([1]);
    expect(passing("contains(S_Code, 'm')")).toEqual([1]);
  });

  test('names the columns it needs', () => {
    expect(columnsIn('Maj < 20 && !missing(S_Code) || sqrt(`flux (mJy)`) > Maj')).toEqual([
      'Maj',
      'S_Code',
      'flux (mJy)',
    ]);
    expect(columnsIn('Maj <')).toEqual([]);
  });
});

describe('whatever is typed', () => {
  const piece = fc.constantFrom(
    'Maj',
    '<',
    '&&',
    '!',
    '(',
    ')',
    '3',
    "'M'",
    'S_Code',
    '||',
    '-',
    ',',
    'sqrt',
    '`',
    '"',
    ' ',
  );

  test('is either a filter or one sentence, and never something else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(' ')),
        ),
        (text) => {
          const found = filterRows(text, four);
          if (found.ok) expect([...found.mask].every((passes) => passes === 0 || passes === 1)).toBe(true);
          else {
            expect(found.problem.sentence).toMatch(/[.?]$/);
            expect(found.problem.at).toBeGreaterThanOrEqual(0);
            expect(found.problem.at).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test('arithmetic and comparisons give what JavaScript gives, value by value', () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    const leaf = fc.oneof(
      fc.constant({ text: 'x', of: (x: number) => x }),
      number.map((n) => ({ text: `(0 - ${String(Math.abs(n))})`, of: () => 0 - Math.abs(n) })),
    );
    const tree = fc.letrec<{ expression: { text: string; of: (x: number) => number } }>((tie) => ({
      expression: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        leaf,
        fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression')).map(([a, sign, b]) => ({
          text: `(${a.text} ${sign} ${b.text})`,
          of: (x: number) =>
            ({ '+': a.of(x) + b.of(x), '-': a.of(x) - b.of(x), '*': a.of(x) * b.of(x), '/': a.of(x) / b.of(x) })[sign],
        })),
      ),
    })).expression;
    fc.assert(
      fc.property(tree, tree, fc.float64Array({ minLength: 1, maxLength: 20 }), (a, b, values) => {
        const table: FilterColumns = {
          rowCount: values.length,
          names: ['x'],
          find: (name) => (name === 'x' ? { kind: 'number', values } : undefined),
        };
        const found = filterRows(`${a.text} <= ${b.text}`, table);
        expect(found.ok && [...found.mask]).toEqual([...values].map((x) => Number(a.of(x) <= b.of(x))));
      }),
    );
  });
});
