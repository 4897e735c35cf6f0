import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { openFileSource } from '../../../src/services/fits-files/file-source.ts';
import { unpackGzip } from '../../../src/services/fits-files/gzip-file.ts';
import { openMosaic } from '../../../src/services/fits-files/mosaic.ts';
import { rejectionOf } from '../../expect-failure.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lobate-gzip-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const image = fitsImageBytes({
  pixels: Float32Array.from({ length: 60 * 50 }, (_, i) => Math.sin(i)),
  widthPix: 60,
  heightPix: 50,
  cards: [
    { keyword: 'CTYPE1', value: 'RA---SIN' },
    { keyword: 'CTYPE2', value: 'DEC--SIN' },
    { keyword: 'CDELT1', value: -0.001 },
    { keyword: 'CDELT2', value: 0.001 },
  ],
});

async function written(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('a gzipped file that is not whole is refused in one sentence', () => {
  test('cut short', async () => {
    const packed = gzipSync(image);
    for (const length of [5, 18, 1000, packed.length - 9]) {
      const path = await written('cut.fits.gz', packed.subarray(0, length));
      const failure = await rejectionOf(() => openFileSource(path));
      expect(describeError(failure)).toBe(
        `${path}: cannot be read (its gzip compression ends too early: copy or download it again).`,
      );
    }
  });

  test('damaged', async () => {
    const packed = gzipSync(image);
    packed.fill(0xff, 500, 520);
    const path = await written('damaged.fits.gz', packed);
    expect(describeError(await rejectionOf(() => openFileSource(path)))).toMatch(/gzip compression is damaged/);
  });
});

test('a gzipped mosaic has the pixels and the name of the one inside', async () => {
  const plain = await openMosaic(await written('P205+55-mosaic.fits', image));
  const packed = await openMosaic(await written('P205+55-mosaic.fits.gz', gzipSync(image)));
  const window = { x: -3, y: 10, width: 40, height: 60 };
  expect(await packed.readPixels(window)).toEqual(await plain.readPixels(window));
  expect(packed.name).toBe('P205+55');
  await Promise.all([plain.close(), packed.close()]);
});

test('several gzip members after each other are one file, as for gzip itself', async () => {
  const members = Buffer.concat([gzipSync(image.subarray(0, 3000)), gzipSync(image.subarray(3000))]);
  const source = await openFileSource(await written('members.fits.gz', members));
  expect(source.sizeBytes).toBe(image.length);
  expect(await source.read(2990, 20)).toEqual(image.slice(2990, 3010));
  await source.close();
});

test('what does not fit into memory goes to a temporary file, and nothing of it is left after closing', async () => {
  const leftovers = async (): Promise<number> =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('lobate-unpacked-')).length;
  const before = await leftovers();
  const unpacked = await unpackGzip(await written('large.fits.gz', gzipSync(image)), 1000);
  expect(unpacked.sizeBytes).toBe(image.length);
  expect(await unpacked.read(0, image.length + 5)).toEqual(image);
  expect(await unpacked.read(5000, 7)).toEqual(image.slice(5000, 5007));
  expect(await unpacked.read(image.length + 5, 7)).toHaveLength(0);
  await unpacked.close();
  expect(await leftovers()).toBe(before);
});
