import { chmod, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NewCard } from '../../../src/core/fits/write.ts';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import { DomainFailure } from '../../../src/core/result/failure.ts';
import { writeAtomically } from '../../../src/services/fits-files/atomic-write.ts';
import { brightnessScaleOf } from '../../../src/services/fits-files/brightness-unit.ts';
import { openFileSource } from '../../../src/services/fits-files/file-source.ts';
import { openMosaic } from '../../../src/services/fits-files/mosaic.ts';
import { WindowReader } from '../../../src/services/inference/window-reader.ts';
import { rejectionOf } from '../../expect-failure.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lobate-fits-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const wcsCards: readonly NewCard[] = [
  { keyword: 'CTYPE1', value: 'RA---SIN' },
  { keyword: 'CTYPE2', value: 'DEC--SIN' },
  { keyword: 'CRPIX1', value: 2 },
  { keyword: 'CRPIX2', value: 2 },
  { keyword: 'CRVAL1', value: 205.5 },
  { keyword: 'CRVAL2', value: 55 },
  { keyword: 'CDELT1', value: -1.5 / 3600 },
  { keyword: 'CDELT2', value: 1.5 / 3600 },
];

async function mosaicFile(name: string, cards: readonly NewCard[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    fitsImageBytes({ pixels: Float32Array.of(1, 2, 3, 4, 5, 6), widthPix: 3, heightPix: 2, cards }),
  );
  return path;
}

describe('a file that cannot be read is named', () => {
  test('when it is not there', async () => {
    const path = join(folder, 'none.fits');
    expect(await rejectionOf(() => openFileSource(path))).toEqual({ kind: 'file-not-found', path });
  });

  test('when it is a folder', async () => {
    expect(await rejectionOf(() => openFileSource(folder))).toMatchObject({ kind: 'file-unreadable', path: folder });
  });

  test('when it has no coordinates', async () => {
    const path = await mosaicFile('plain.fits', []);
    expect(await rejectionOf(() => openMosaic(path))).toEqual({ kind: 'wcs-missing', path });
  });
});

test('a read beyond the end is short, and its array is the caller’s own', async () => {
  const path = join(folder, 'bytes');
  await writeFile(path, Uint8Array.of(1, 2, 3, 4, 5));
  const source = await openFileSource(path);
  expect(source.sizeBytes).toBe(5);
  const bytes = await source.read(3, 1_000_000_000_000);
  expect([...bytes]).toEqual([4, 5]);
  expect([bytes.byteOffset, bytes.buffer.byteLength]).toEqual([0, 2]);
  expect(await source.read(9, 4)).toHaveLength(0);
  await source.close();
});

describe('a mosaic', () => {
  test('goes by its stem, its stem without -mosaic, its folder and its OBJECT', async () => {
    await mkdir(join(folder, 'P12'));
    const path = await mosaicFile(join('P12', 'P205+55-mosaic.fits'), [
      ...wcsCards,
      { keyword: 'OBJECT', value: 'HETDEX' },
    ]);
    const mosaic = await openMosaic(path);
    expect(mosaic.name).toBe('P205+55');
    expect(mosaic.names).toEqual(['P205+55-mosaic', 'P205+55', 'P12', 'HETDEX']);
    await mosaic.close();
  });

  test('knows its beam, its unit and its pixels, NaN outside', async () => {
    const path = await mosaicFile('m.fits', [
      ...wcsCards,
      { keyword: 'BUNIT', value: 'JY/BEAM' },
      { keyword: 'BMAJ', value: 6 / 3600 },
      { keyword: 'BMIN', value: 5 / 3600 },
      { keyword: 'BPA', value: 90 },
    ]);
    const mosaic = await openMosaic(`${path}[0]`);
    expect(mosaic.beam!.majArcsec).toBeCloseTo(6, 12);
    expect(mosaic.beam!.minArcsec).toBeCloseTo(5, 12);
    expect(mosaic.unitScaleToMjyPerBeam).toBe(1000);
    expect(mosaic.warnings).toEqual([]);
    expect(mosaic.wcs.pixelScaleArcsec).toBeCloseTo(1.5, 9);
    const pixels = await mosaic.readPixels({ x: 1, y: 1, width: 3, height: 2 });
    expect([...pixels]).toEqual([5, 6, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
    await mosaic.close();
  });

  test('without a unit, or with an unknown one, says so and guesses nothing', async () => {
    const mosaic = await openMosaic(await mosaicFile('m.fits', wcsCards));
    expect([mosaic.unitScaleToMjyPerBeam, mosaic.beam]).toEqual([undefined, undefined]);
    expect(mosaic.warnings).toHaveLength(1);
    await mosaic.close();
  });

  test('whose name itself ends in brackets is found by its name', async () => {
    const mosaic = await openMosaic(await mosaicFile('m[1]', wcsCards));
    expect(mosaic.widthPix).toBe(3);
    await mosaic.close();
  });
});

test.each([
  ['JY/BEAM', 1000],
  ['Jy/beam', 1000],
  ['Jy beam-1', 1000],
  ['beam-1 Jy', 1000],
  ['Jy.beam**-1', 1000],
  ['Jy/bm', 1000],
  ['mJy/beam', 1],
  ['beam-1 mJy', 1],
  ['uJy beam^-1', 1e-3],
  ['µJy/beam', 1e-3],
  ['nJy/beam', 1e-6],
  ['MJy/beam', 1e9],
  ['MJY/BEAM', 1],
  ['K', undefined],
  ['MJy/sr', undefined],
  ['Jy', undefined],
  ['', undefined],
])('a pixel in %j times %j is in mJy/beam', (unit, factor) => {
  const scale = brightnessScaleOf(unit);
  expect(scale.toMjyPerBeam).toBe(factor);
  expect(scale.warning !== undefined).toBe(factor === undefined || unit === 'MJY/BEAM');
});

describe('writing a file', () => {
  test('into a folder that does not exist is refused', async () => {
    const path = join(folder, 'none', 'a.csv');
    expect(await rejectionOf(() => writeAtomically(path, 'x'))).toEqual({
      kind: 'file-unwritable',
      path,
      why: 'the folder does not exist',
    });
  });

  test('over a folder is refused and leaves nothing behind', async () => {
    await mkdir(join(folder, 'a.csv'));
    const failure = await rejectionOf(() => writeAtomically(join(folder, 'a.csv'), 'x'));
    expect(failure.kind).toBe('file-unwritable');
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  test('that breaks half-way leaves the old file as it was, and nothing else', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, 'old');
    async function* pieces(): AsyncGenerator<string> {
      await Promise.resolve();
      yield 'new';
      throw new DomainFailure({ kind: 'cancelled' });
    }
    expect(await rejectionOf(() => writeAtomically(path, pieces()))).toEqual({ kind: 'cancelled' });
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['a.csv']);
  });

  test('replaces an older one whole, and follows a link to it', async () => {
    const path = join(folder, 'a.csv');
    await writeFile(path, 'a much longer old text');
    await symlink(path, join(folder, 'link.csv'));
    await writeAtomically(join(folder, 'link.csv'), new TextEncoder().encode('new'));
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'link.csv']);
  });

  // Root may write anywhere, so there is nothing to refuse.
  test.skipIf(process.getuid?.() === 0)('into a folder without permission is refused', async () => {
    await chmod(folder, 0o500);
    const failure = await rejectionOf(() => writeAtomically(join(folder, 'a.csv'), 'x'));
    expect(failure).toMatchObject({ kind: 'file-unwritable', why: 'no permission' });
    await chmod(folder, 0o700);
  });
});

test('windows from bands that share their memory are those of the whole mosaic, in any order', async () => {
  const [widthPix, heightPix, side] = [7, 5000, 4];
  const pixels = Float32Array.from({ length: widthPix * heightPix }, (_, i) => i);
  const path = join(folder, 'tall.fits');
  await writeFile(path, fitsImageBytes({ pixels, widthPix, heightPix, cards: wcsCards }));
  const mosaic = await openMosaic(path);
  const reader = new WindowReader(mosaic);
  for (const y of [0, 1020, 1030, 2100, 4996, 3000, 3, 4000]) {
    const window = await reader.read({ x: 2, y, width: side, height: side });
    const expected = Array.from(
      { length: side * side },
      (_, i) => (y + Math.floor(i / side)) * widthPix + 2 + (i % side),
    );
    expect([...window]).toEqual(expected);
  }
  await mosaic.close();
});
