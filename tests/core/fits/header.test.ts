import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import type { FitsValue } from '../../../src/core/fits/card.ts';
import { formatCard, parseCards } from '../../../src/core/fits/card.ts';
import { FitsHeader, readHeader } from '../../../src/core/fits/header.ts';
import { headerBytes } from '../../../src/core/fits/write.ts';
import { rejectionOf } from '../../expect-failure.ts';

const headerOf = (...lines: string[]): FitsHeader => new FitsHeader(parseCards(lines.map((line) => line.padEnd(80))));

test('a header without END is cut short, not read to infinity', async () => {
  const source = bytesAsSource('a.fits', new Uint8Array(2880 * 2).fill(32));
  expect(await rejectionOf(() => readHeader(source, 0))).toEqual({
    kind: 'fits-truncated',
    path: 'a.fits',
    expectedBytes: 8640,
    actualBytes: 5760,
  });
});

describe('values', () => {
  test.each<[string, FitsValue]>([
    ['KEY     = 1.25D-03', 0.00125],
    ['KEY     = 1.25d+2 / lower case', 125],
    ['KEY     =                 .5E1', 5],
    ['KEY     = -7', -7],
    ['KEY     = 123456789012345', 123_456_789_012_345],
    ['KEY     = 9007199254740993', 9_007_199_254_740_993n],
    ['KEY     =                    T / yes', true],
    ['KEY     = F', false],
    ["KEY     = 'O''Neil''s / slash' / comment", "O'Neil's / slash"],
    ["KEY     = 'ends in blanks   '", 'ends in blanks'],
    ["KEY     = ''", ''],
    ["KEY     = 'never closed", 'never closed'],
    ['KEY     =           / no value', undefined],
    ['KEY     = (1.0, 2.0)', '(1.0, 2.0)'],
    ["KEY     ='no blank after the equals sign'", 'no blank after the equals sign'],
  ])('%s', (line, expected) => {
    expect(headerOf(line).value('KEY')).toBe(expected);
  });

  test('a word is no number, a number no text, and a missing card neither', () => {
    const header = headerOf("BITPIX  = '16'", 'BSCALE  = 2.0');
    expect(header.number('BITPIX')).toBeUndefined();
    expect(header.text('BSCALE')).toBeUndefined();
    expect(header.logical('SIMPLE')).toBeUndefined();
    expect(header.has('SIMPLE')).toBe(false);
  });

  test('where a keyword repeats, the first card counts', () => {
    expect(headerOf('CRVAL1  = 1.0', 'CRVAL1  = 2.0').number('CRVAL1')).toBe(1);
  });
});

test('CONTINUE joins a long text and its comments; a stray CONTINUE changes nothing', () => {
  const header = headerOf(
    "LONG    = 'one &' / first",
    "CONTINUE  'two &' / second",
    "CONTINUE  'three'",
    "CONTINUE  'stray'",
  );
  expect(header.text('LONG')).toBe('one two three');
  expect(header.cards[0]!.comment).toBe('first second');
});

test('HIERARCH words make the keyword', () => {
  expect(headerOf("HIERARCH ESO TEL NAME = 'VLT' / where").text('ESO TEL NAME')).toBe('VLT');
});

test('COMMENT and HISTORY keep their lines, equals signs and all', () => {
  const header = headerOf('HISTORY = not a value', 'COMMENT one', 'COMMENT two');
  expect(header.lines('HISTORY')).toEqual(['= not a value']);
  expect(header.lines('COMMENT')).toEqual(['one', 'two']);
});

describe('writing', () => {
  test('a number stands at column 30, a text begins at column 11', () => {
    expect(formatCard({ keyword: 'NAXIS', value: 2, comment: 'axes' })[0]).toBe(
      'NAXIS   =                    2 / axes'.padEnd(80),
    );
    expect(formatCard({ keyword: 'BUNIT', value: 'JY/BEAM', comment: '' })[0]).toBe("BUNIT   = 'JY/BEAM '".padEnd(80));
  });

  test('NaN has no spelling in FITS: the card has no value', () => {
    expect(parseCards(formatCard({ keyword: 'BPA', value: Number.NaN, comment: '' }))[0]!.value).toBeUndefined();
  });

  test('whatever is written is read back the same', async () => {
    const keyword = fc
      .stringMatching(/^[A-Z][A-Z0-9_-]{0,7}$/)
      .filter((key) => !/^(END|COMMENT|HISTORY|CONTINUE|HIERARCH)$/.test(key));
    const text = fc.string({
      unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
      maxLength: 300,
    });
    const value = fc.oneof(
      text.map((each) => each.trimEnd()),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((each) => !Object.is(each, -0)),
      fc.integer(),
      fc.boolean(),
      fc.bigInt({ min: 2n ** 60n, max: 2n ** 63n }),
    );
    const cards = fc.uniqueArray(fc.record({ keyword, value }), { selector: (card) => card.keyword, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(cards, async (written) => {
        const bytes = headerBytes(written);
        expect(bytes.length % 2880).toBe(0);
        const { header, dataOffset } = await readHeader(bytesAsSource('a', bytes), 0);
        expect(dataOffset).toBe(bytes.length);
        for (const card of written) {
          // A double of 2^53 and more is spelled as a whole number where it has less than 22 digits.
          const read = header.value(card.keyword);
          if (typeof card.value === 'number') expect(Number(read)).toBe(card.value);
          else expect(read).toBe(card.value);
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
