import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ByteSource } from '../../../src/core/fits/byte-source.ts';
import { bytesAsSource } from '../../../src/core/fits/byte-source.ts';
import { describeHdus } from '../../../src/core/fits/describe-hdus.ts';
import { findHdu, readHdus, splitFitsPath } from '../../../src/core/fits/hdu.ts';
import { openImage, readWindow } from '../../../src/core/fits/image.ts';
import { readFitsTable } from '../../../src/core/fits/read-table.ts';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import { rejectionOf } from '../../expect-failure.ts';
import { fixtureSource } from './fits-fixture.ts';

const fileOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(resolve(import.meta.dirname, '../../fixtures', name)));

/** Reads everything there is to read; a refusal is fine, anything else is a bug and thrown on. */
async function readAll(source: ByteSource): Promise<void> {
  const attempt = async (action: () => Promise<unknown>): Promise<void> => {
    try {
      await action();
    } catch (thrown) {
      if (domainErrorOf(thrown) === undefined) throw thrown;
    }
  };
  await attempt(() => describeHdus(source));
  await attempt(async () => readWindow(await openImage(source), { x: -1, y: -1, width: 8, height: 8 }));
  await attempt(() => readFitsTable(source));
}

describe('a file that is not FITS', () => {
  test.each([
    ['empty', ''],
    ['text', 'SIMPLE tables in CSV\n1,2,3\n'],
    ['shorter than a card', 'SIMPLE'],
  ])('%s', async (_name, text) => {
    const source = bytesAsSource('notes.txt', new TextEncoder().encode(text));
    expect(await rejectionOf(() => readHdus(source))).toEqual({ kind: 'fits-not-fits', path: 'notes.txt' });
  });
});

test('a gzipped file is told apart from one that is no FITS at all', async () => {
  const source = bytesAsSource('a.fits.gz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0));
  expect((await rejectionOf(() => readHdus(source))).kind).toBe('fits-unsupported');
});

describe('a file cut short', () => {
  test('says how many bytes there should be and how many there are', async () => {
    const file = fitsImageBytes({ pixels: new Float32Array(2000), widthPix: 50, heightPix: 40, cards: [] });
    const source = bytesAsSource('cut.fits', file.subarray(0, 5000));
    expect(await rejectionOf(() => openImage(source))).toEqual({
      kind: 'fits-truncated',
      path: 'cut.fits',
      expectedBytes: 11_520,
      actualBytes: 5000,
    });
  });

  test('anywhere in header or data, is refused; only the padding may be missing', async () => {
    const file = fitsImageBytes({ pixels: new Float32Array(2000), widthPix: 50, heightPix: 40, cards: [] });
    const dataEnd = 2880 + 8000;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 9, max: file.length }), async (length) => {
        const source = bytesAsSource('cut.fits', file.slice(0, length));
        if (length >= dataEnd) expect((await openImage(source)).widthPix).toBe(50);
        // A header that ends within the padding after END has lost nothing, but its data are missing.
        else expect((await rejectionOf(() => openImage(source))).kind).toBe('fits-truncated');
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test('within an extension, is refused too', async () => {
    const file = fileOf('columns.fits');
    for (const length of [2881, 2885, 4000, file.length - 2880]) {
      const source = bytesAsSource('cut.fits', file.slice(0, length));
      expect((await rejectionOf(() => readHdus(source))).kind, String(length)).toBe('fits-truncated');
    }
  });
});

test('what follows the last extension and is none is left alone', async () => {
  const file = fileOf('columns.fits');
  const longer = new Uint8Array(file.length + 100);
  longer.set(file);
  expect(await readHdus(bytesAsSource('tail.fits', longer))).toHaveLength(2);
});

describe('broken bytes are refused with a typed failure or read, and never crash', () => {
  const start = new TextEncoder().encode('SIMPLE  =                    T'.padEnd(80));

  test('random bytes after a good beginning', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 6000 }), async (bytes) => {
        await readAll(bytesAsSource('random.fits', Uint8Array.from([...start, ...bytes])));
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  test.each(['columns.fits', 'images.fits'])('%s with some bytes changed', async (name) => {
    const file = fileOf(name);
    const change = fc.record({
      at: fc.nat({ max: Math.min(file.length, 12_000) - 1 }),
      to: fc.integer({ min: 32, max: 126 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
        const broken = file.slice();
        for (const { at, to } of changes) broken[at] = to;
        await readAll(bytesAsSource(name, broken));
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  test('numbers in the header that promise more than any machine holds', async () => {
    const card = (text: string): string => text.padEnd(80);
    const header = (cards: readonly string[]): Uint8Array =>
      new TextEncoder().encode([...cards.map(card), card('END')].join('').padEnd(2880));
    const primary = ['SIMPLE  = T', 'BITPIX  = 8', 'NAXIS   = 0'];
    const table = ["XTENSION= 'BINTABLE'", 'BITPIX  = 8', 'NAXIS   = 2', 'NAXIS1  = 0', 'NAXIS2  = 9007199254740991'];
    const tableCards = [...table, 'PCOUNT  = 0', 'GCOUNT  = 1', 'TFIELDS = 1', "TFORM1  = '0A'"];
    const source = bytesAsSource('huge.fits', Uint8Array.from([...header(primary), ...header(tableCards)]));
    expect((await rejectionOf(() => readFitsTable(source))).kind).toBe('fits-unsupported');
    // Rows without a byte, and texts without a character, would cost memory that no byte of the file stands for.
    const manyRows = tableCards.map((text) => (text.startsWith('NAXIS2') ? 'NAXIS2  = 1000000000' : text));
    const empty = bytesAsSource('empty.fits', Uint8Array.from([...header(primary), ...header(manyRows)]));
    expect((await rejectionOf(() => readFitsTable(empty))).kind).toBe('fits-unsupported');
    const image = ['SIMPLE  = T', 'BITPIX  = -64', 'NAXIS   = 2', 'NAXIS1  = 99999999', 'NAXIS2  = 9999999999'];
    const huge = bytesAsSource('huge.fits', header(image));
    expect((await rejectionOf(() => openImage(huge))).kind).toBe('fits-header-invalid');
  });
});

describe('naming an HDU', () => {
  test('by number or name in brackets at the end of the path', () => {
    expect(splitFitsPath('a/b.fits[1]')).toEqual({ path: 'a/b.fits', selector: 1 });
    expect(splitFitsPath('b.fits[ SCI ]')).toEqual({ path: 'b.fits', selector: 'SCI' });
    expect(splitFitsPath('b.fits')).toEqual({ path: 'b.fits', selector: undefined });
    expect(splitFitsPath('[1]')).toEqual({ path: '[1]', selector: undefined });
    expect(splitFitsPath('a[1]/b.fits')).toEqual({ path: 'a[1]/b.fits', selector: undefined });
  });

  test('and a plane of a cube, counted from 1', () => {
    expect(splitFitsPath('b.fits[plane=3]')).toEqual({ path: 'b.fits', selector: undefined, plane: 2 });
    expect(splitFitsPath('b.fits[SCI][ Plane = 1 ]')).toEqual({ path: 'b.fits', selector: 'SCI', plane: 0 });
    expect(splitFitsPath('b.fits[plane]')).toEqual({ path: 'b.fits', selector: 'plane' });
  });

  test('names in any capitalisation', async () => {
    const hdus = await readHdus(fixtureSource('images.fits'));
    expect(findHdu(hdus, 'cube')?.axes).toEqual([11, 7, 3]);
  });
});

test('a description of a file comes from its headers alone', async () => {
  const [primary, table] = await describeHdus(fixtureSource('columns.fits'));
  expect(primary).toMatchObject({ index: 0, kind: 'empty', columns: [], rowCount: undefined });
  expect(table).toMatchObject({
    index: 1,
    kind: 'binary-table',
    name: 'SAMPLES',
    rowCount: 5,
    notReadBecause: undefined,
  });
  expect(table!.columns[4]).toEqual({ name: 'int', form: 'J', unit: 'ct' });
});
