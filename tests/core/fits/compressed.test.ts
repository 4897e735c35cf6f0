import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../src/core/fits/byte-source.ts';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import { describeHdus } from '../../../src/core/fits/describe-hdus.ts';
import type { FitsImage } from '../../../src/core/fits/image.ts';
import { openImage, readWindow } from '../../../src/core/fits/image.ts';
import type { Pixels } from '../../../src/core/fits/pixel-decoder.ts';
import { readFitsTable } from '../../../src/core/fits/read-table.ts';
import { inflate } from '../../../src/services/fits-files/inflate.ts';
import { rejectionOf } from '../../expect-failure.ts';
import { countingSource } from './fits-fixture.ts';

const fixturePath = (name: string): string => resolve(import.meta.dirname, '../../fixtures', name);
const bytes = new Uint8Array(readFileSync(fixturePath('compressed.fits')));
const source = bytesAsSource('compressed.fits', bytes, inflate);

interface Case {
  readonly name: string;
  readonly axes: readonly number[];
  readonly expected: readonly (number | null)[];
}

const { cases } = JSON.parse(readFileSync(fixturePath('compressed.json'), 'utf8')) as {
  readonly cases: readonly Case[];
};

const wholePlane = (image: FitsImage, plane = 0): Promise<Pixels> =>
  readWindow(image, { x: 0, y: 0, width: image.widthPix, height: image.heightPix, plane });

/** The fixture with a text replaced by another of the same length, everywhere after the given extension's name. */
function edited(extension: string, text: string, replacement: string): ByteSource {
  const copy = bytes.slice();
  const latin1 = Buffer.from(copy.buffer);
  const at = latin1.indexOf(text, latin1.indexOf(`EXTNAME = '${extension}`) - 4000, 'latin1');
  latin1.write(replacement.padEnd(text.length), at, 'latin1');
  return bytesAsSource('edited.fits', copy, inflate);
}

describe('what of tile compression is not read is refused by name', () => {
  test('an unknown compression', async () => {
    const unknown = edited('RICE_1 U8', "ZCMPTYPE= 'RICE_1  '", "ZCMPTYPE= 'ZSTD_9  '");
    expect(await rejectionOf(() => openImage(unknown, 'RICE_1 U8'))).toMatchObject({
      kind: 'fits-unsupported',
      what: 'the tile compression ZSTD_9',
    });
  });

  test('gzipped tiles where nothing unpacks gzip', async () => {
    const image = await openImage(bytesAsSource('compressed.fits', bytes), 'GZIP_1 I16');
    expect(await rejectionOf(() => wholePlane(image))).toMatchObject({ kind: 'fits-data-invalid' });
  });

  test('a compressed image asked for as a table', async () => {
    expect(await rejectionOf(() => readFitsTable(source, 1))).toMatchObject({ kind: 'fits-unsupported' });
  });

  test('a compressed table', async () => {
    const table = edited('RICE_1 U8', 'ZIMAGE  =', 'ZTABLE  =');
    expect(await rejectionOf(() => readFitsTable(table, 1))).toMatchObject({
      kind: 'fits-unsupported',
      what: 'a compressed table (ZTABLE)',
    });
  });
});

test('a tile that promises more pixels than its bytes can hold is refused before memory is made for them', async () => {
  const inHeader = (text: string): string => text.padEnd(80);
  const table = [
    ...["XTENSION= 'BINTABLE'", 'BITPIX  = 8', 'NAXIS   = 2', 'NAXIS1  = 8', 'NAXIS2  = 1', 'PCOUNT  = 100'],
    ...['GCOUNT  = 1', 'TFIELDS = 1', "TTYPE1  = 'COMPRESSED_DATA'", "TFORM1  = '1PB(100)'", 'ZIMAGE  = T'],
    ...["ZCMPTYPE= 'HCOMPRESS_1'", 'ZBITPIX = 32', 'ZNAXIS  = 2', 'ZNAXIS1 = 10000', 'ZNAXIS2 = 10000'],
    ...['ZTILE1  = 10000', 'ZTILE2  = 10000'],
  ];
  const primary = ['SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0'];
  const header = (cards: readonly string[]): Uint8Array =>
    new TextEncoder().encode([...cards, 'END'].map(inHeader).join('').padEnd(2880));
  const data = new Uint8Array(2880);
  data[3] = 100;
  const file = bytesAsSource('promise.fits', Uint8Array.from([...header(primary), ...header(table), ...data]), inflate);
  const image = await openImage(file);
  expect(await rejectionOf(() => readWindow(image, { x: 0, y: 0, width: 3, height: 3 }))).toMatchObject({
    kind: 'fits-data-invalid',
    what: 'tile 1: 100 bytes cannot hold 100000000 pixels',
  });
});

test('a tile whose bytes are damaged is named, counted from 1', async () => {
  for (const name of ['GZIP_2 I32', 'HCOMPRESS_1 I32']) {
    const image = await openImage(source, name);
    const copy = bytes.slice();
    const heap = image.hdu.dataOffset + image.hdu.tileTable!.axes[0]! * image.hdu.tileTable!.axes[1]!;
    copy.fill(0x55, heap, heap + 40);
    const broken = await openImage(bytesAsSource('damaged.fits', copy, inflate), name);
    const failure = await rejectionOf(() => wholePlane(broken));
    expect(failure, name).toMatchObject({ kind: 'fits-data-invalid', path: 'damaged.fits' });
    expect('what' in failure && failure.what, name).toMatch(/^tile 1: /);
  }
});

describe('every pixel is the one that astropy reads', () => {
  test('the fixture has every compression', () => {
    const kinds = new Set(cases.map(({ name }) => name.split(' ')[0]));
    for (const kind of ['RICE_1', 'GZIP_1', 'GZIP_2', 'HCOMPRESS_1', 'PLIO_1', 'NOCOMPRESS'])
      expect(kinds).toContain(kind);
    expect(cases.length).toBeGreaterThanOrEqual(36);
  });

  test.each(cases.map((each) => [each.name, each] as const))('%s', async (name, { axes, expected }) => {
    const image = await openImage(source, name);
    expect([image.widthPix, image.heightPix]).toEqual(axes.slice(0, 2));
    const size = image.widthPix * image.heightPix;
    expect(image.planeCount * size).toBe(expected.length);
    for (let plane = 0; plane < image.planeCount; plane++) {
      const pixels = [...(await wholePlane(image, plane))].map((value) => (Number.isFinite(value) ? value : null));
      // Shortest decimals of a float32 are not its double: compare as the float32 that both stand for.
      const isSingle = image.header.number('BITPIX') === -32;
      const theirs = expected.slice(plane * size, (plane + 1) * size);
      expect(pixels).toEqual(isSingle ? theirs.map((value) => (value === null ? null : Math.fround(value))) : theirs);
    }
  });
});

test('an image is described by its own type and axes, not by those of the table of its tiles', async () => {
  const described = await describeHdus(source);
  expect(described.find(({ name }) => name === 'RICE_1 CUBE')).toMatchObject({
    kind: 'compressed-image',
    bitpix: 32,
    axes: [13, 6, 5],
    notReadBecause: undefined,
  });
});

test.each(['RICE_1 TILES', 'HCOMPRESS_1 I16', 'GZIP_2 I16', 'RICE_1 CUBE'])(
  'any window of %s is that crop of the whole plane, NaN outside it',
  async (name) => {
    const image = await openImage(source, name);
    const { widthPix, heightPix, planeCount } = image;
    const planes = await Promise.all(Array.from({ length: planeCount }, (_, plane) => wholePlane(image, plane)));
    const window = fc.record({
      x: fc.integer({ min: -20, max: widthPix + 10 }),
      y: fc.integer({ min: -20, max: heightPix + 10 }),
      width: fc.integer({ min: 0, max: 50 }),
      height: fc.integer({ min: 0, max: 30 }),
      plane: fc.nat({ max: planeCount - 1 }),
    });
    await fc.assert(
      fc.asyncProperty(window, async ({ x, y, width, height, plane }) => {
        // Opened anew: nothing is in the cache yet.
        const pixels = await readWindow(await openImage(source, name), { x, y, width, height, plane });
        const expected = Array.from({ length: width * height }, (_, i) => {
          const column = x + (i % width);
          const row = y + Math.floor(i / width);
          const isInside = column >= 0 && column < widthPix && row >= 0 && row < heightPix;
          return isInside ? planes[plane]![row * widthPix + column]! : Number.NaN;
        });
        expect([...pixels]).toEqual(expected);
      }),
      { seed: 12, numRuns: 60 },
    );
  },
);

test('a window reads the tiles it touches, and a second one in the same tiles reads nothing', async () => {
  const counting = { ...countingSource(source), inflate };
  const counted = countingSource(counting);
  const image = await openImage(counted, 'RICE_1 I16');
  counted.bytesRead = 0;
  const rowBytes = image.hdu.tileTable!.axes[0]!;
  await readWindow(image, { x: 3, y: 4, width: 5, height: 1 });
  // One descriptor and one tile of at most 41 plain pixels.
  expect(counted.bytesRead).toBeGreaterThan(rowBytes);
  expect(counted.bytesRead).toBeLessThan(rowBytes + 41 * 2 + 8);
  counted.bytesRead = 0;
  await readWindow(image, { x: 20, y: 4, width: 12, height: 1 });
  expect(counted.bytesRead).toBe(0);
});
