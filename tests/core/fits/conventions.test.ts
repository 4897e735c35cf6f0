import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import type { FitsCard } from '../../../src/core/fits/card.ts';
import { readHeader } from '../../../src/core/fits/header.ts';
import { openImage, readWindow } from '../../../src/core/fits/image.ts';
import { readFitsTable } from '../../../src/core/fits/read-table.ts';
import { fitsImageBytes, fitsTableBytes } from '../../../src/core/fits/write.ts';
import { wcsOf } from '../../../src/core/sky/wcs.ts';
import type { Column } from '../../../src/core/table/table.ts';
import { findColumn } from '../../../src/core/table/table.ts';
import { errorOf } from '../../expect-failure.ts';
import { fixtureSource, samples } from './fits-fixture.ts';

type Values = Readonly<Record<string, readonly (number | string | null)[]>>;

/** What scripts/fixtures/make_fits_conventions.py wrote, and astropy reads. */
const astropy = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../fixtures/fits_conventions.json'), 'utf8'),
) as {
  readonly header: Readonly<Record<string, string | number>>;
  readonly comments: Readonly<Record<string, string>>;
  readonly binary: Values;
  readonly ascii: Values;
};
const source = fixtureSource('conventions.fits');
const columnOf = async (hdu: string, name: string): Promise<Column> =>
  findColumn(await readFitsTable(source, hdu), name)!;
/** Values as astropy's are listed: wide integers as numbers, missing ones null. */
const plain = ({ data, isMissing }: Column): (number | string | null)[] =>
  Array.from(data as ArrayLike<number | string | bigint>, (value, at) => {
    if (isMissing?.[at] === 1 || Number.isNaN(value)) return null;
    return typeof value === 'bigint' ? Number(value) : value;
  });

describe('header cards by convention', () => {
  test('CONTINUE: a text of several cards is one text', async () => {
    const { header } = await readHeader(source, 0);
    expect(header.text('LONGTEXT')).toBe(astropy.header['LONGTEXT']);
    expect(header.cards.find(({ keyword }) => keyword === 'LONGTEXT')!.comment.trim()).toBe(
      astropy.comments['LONGTEXT'],
    );
  });

  test('HIERARCH: a keyword of several words', async () => {
    const { header } = await readHeader(source, 0);
    expect(header.text('LOFAR OBS ID')).toBe(astropy.header['LOFAR OBS ID']);
  });

  test('D exponents: 1.25D-03 is the number that 1.25E-03 is', async () => {
    const { header } = await readHeader(source, 0);
    for (const keyword of ['DEXP', 'DEXPLOW', 'EEXP']) expect(header.number(keyword)).toBe(astropy.header[keyword]);
  });
});

describe('columns by convention', () => {
  test('TSCAL and TZERO: the value is zero + scale × stored', async () => {
    expect(plain(await columnOf('BINARY', 'scaled')).slice(1)).toEqual(astropy.binary['scaled']!.slice(1));
  });

  test('TNULL: the stored integer is missing, scaled or not, and passes for no value', async () => {
    expect(plain(await columnOf('BINARY', 'scaled'))[0]).toBeNull();
    expect(plain(await columnOf('BINARY', 'unscaled'))).toEqual(astropy.binary['unscaled']);
  });

  test.each(['unsigned16', 'unsigned32', 'signed8'])(
    'unsigned and signed conventions of tables (TZERO): %s',
    async (name) => {
      expect(plain(await columnOf('BINARY', name))).toEqual(astropy.binary[name]);
    },
  );

  test.each(['UNSIGNED16', 'UNSIGNED32', 'UNSIGNED64'])('unsigned conventions of images (BZERO): %s', async (name) => {
    const image = await openImage(fixtureSource('images.fits'), name);
    const { widthPix: width, heightPix: height } = image;
    const pixels = await readWindow(image, { x: 0, y: 0, width, height });
    expect([...pixels]).toEqual(samples.images.find((sample) => sample.name === name)!.expected);
  });

  test('TDIM: numbers of a 3 × 2 matrix stand in the order of the file, and the shape is written out again', async () => {
    const matrix = await columnOf('BINARY', 'matrix');
    expect([matrix.repeat, matrix.fits?.dimensions]).toEqual([6, '(3,2)']);
    expect(plain(matrix)).toEqual(astropy.binary['matrix']);
    const bytes = fitsTableBytes(await readFitsTable(source, 'BINARY'));
    const again = await readFitsTable(bytesAsSource('again.fits', bytes));
    expect(findColumn(again, 'matrix')).toMatchObject({ repeat: 6, data: matrix.data, fits: { dimensions: '(3,2)' } });
  });

  test('TDIM: three texts of four characters stand in their places', async () => {
    const words = await columnOf('BINARY', 'words');
    const expected = Array.from({ length: 5 }, (_, row) =>
      astropy.binary['words']!.slice(3 * row, 3 * row + 3)
        .map((word) => String(word).padEnd(4))
        .join('')
        .trimEnd(),
    );
    expect(words.data).toEqual(expected);
    expect(words.fits?.dimensions).toBe('(4,3)');
  });

  test.each(Object.keys(astropy.ascii))('ASCII table, D exponents and others: %s', async (name) => {
    expect(plain(await columnOf('ASCII', name))).toEqual(astropy.ascii[name]);
  });
});

describe('coordinates that are not followed are refused, and the pixels still open', () => {
  const axes = (suffix: string, more: Readonly<Record<string, string | number>> = {}): FitsCard[] =>
    Object.entries({
      CTYPE1: `RA---${suffix}`,
      CTYPE2: `DEC--${suffix}`,
      CRVAL1: 180,
      CRVAL2: 45,
      CRPIX1: 1,
      CRPIX2: 1,
      CDELT1: -0.001,
      CDELT2: 0.001,
      ...more,
    }).map(([keyword, value]) => ({ keyword, value, comment: '' }));

  test.each([
    ['SIP', axes('TAN-SIP', { A_ORDER: 2, A_2_0: 1e-6, B_ORDER: 2, B_0_2: 1e-6 })],
    ['TPV', axes('TPV', { PV1_1: 1, PV2_1: 1, PV1_4: 1e-3 })],
    ['TAB', axes('TAB', { PS1_0: 'WCS-TABLE', PS1_1: 'COORDS' })],
    ['ZPN', axes('ZPN', { PV2_1: 1, PV2_3: 0.1 })],
    ['AZP', axes('AZP', { PV2_1: 2 })],
  ])('%s', async (_, cards) => {
    const pixels = Float32Array.of(1, 2, 3, 4, 5, 6);
    const image = await openImage(
      bytesAsSource('a.fits', fitsImageBytes({ pixels, widthPix: 3, heightPix: 2, cards })),
    );
    expect(errorOf(() => wcsOf(image.header, 'a.fits'))).toMatchObject({ kind: 'wcs-unsupported', path: 'a.fits' });
    expect(await readWindow(image, { x: 0, y: 0, width: 3, height: 2 })).toEqual(pixels);
  });
});
