import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { openMosaic } from '../../../src/services/fits-files/mosaic.ts';
import { levelThreads } from '../../../src/services/tiles/level-threads.ts';
import { openPyramid } from '../../../src/services/tiles/mosaic-pyramid.ts';
import type { TileSource } from '../../../src/services/tiles/tile-source.ts';
import { rejectionOf } from '../../expect-failure.ts';

const [WIDTH, HEIGHT] = [611, 427];
const SCALE = 1000;
let folder: string;
let path: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-levels-'));
  path = join(folder, 'ragged.fits');
  const random = randomStream(5);
  // A quarter of it blank, by pixels and by a slanting edge: what a mean does at an edge is where ways could differ.
  const pixels = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) =>
    random.uniform() < 0.1 || (i % WIDTH) + i / WIDTH < 150 ? Number.NaN : 1e-4 * random.normal(),
  );
  const numbers = { CRVAL1: 10, CRVAL2: 20, CRPIX1: 300, CRPIX2: 200, CDELT1: -1.5 / 3600, CDELT2: 1.5 / 3600 };
  const cards = [
    { keyword: 'CTYPE1', value: 'RA---SIN' },
    { keyword: 'CTYPE2', value: 'DEC--SIN' },
    ...Object.entries(numbers).map(([keyword, value]) => ({ keyword, value })),
  ];
  writeFileSync(path, fitsImageBytes({ pixels, widthPix: WIDTH, heightPix: HEIGHT, cards }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the levels of a mosaic that threads average', () => {
  test('are those of the pyramid without threads, bit for bit, for any number of threads', async () => {
    const mosaic = await openMosaic(path);
    const here: TileSource = {
      ...mosaic,
      scale: SCALE,
      readWindow: (window, into) => mosaic.readPixels(window, into),
    };
    for (const cores of [2, 3, 5]) {
      // A few rows at a time: the image is cut in several strips in each thread.
      const threads = levelThreads(cores, 8 * WIDTH)!;
      const beside: TileSource = {
        ...here,
        levelsOf: (factor, sizes) => threads.levelsOf({ path, scale: SCALE, factor, sizes }),
      };
      const pyramids = [here, beside].map((source) => openPyramid(source, { firstStoredLevel: 1 }));
      for (let level = 1; level < pyramids[0]!.levelCount; level++) {
        const window = { x: 0, y: 0, ...pyramids[0]!.levelSize(level) };
        const [expected, found] = await Promise.all(pyramids.map((pyramid) => pyramid.read(level, window)));
        expect(Buffer.from(found!.buffer)).toEqual(Buffer.from(expected!.buffer));
      }
      threads.close();
    }
    await mosaic.close();
  });

  test('are refused when the field is closed meanwhile, and not awaited for ever', async () => {
    const threads = levelThreads(2)!;
    const levels = threads.levelsOf({ path, scale: 1, factor: 2, sizes: [{ width: 306, height: 214 }] });
    threads.close();
    await expect(levels).rejects.toThrow('ended');
  });

  test('of a file that is gone are refused with the reason, and of the next file are made', async () => {
    const threads = levelThreads(3)!;
    const sizes = [{ width: 306, height: 214 }];
    const gone = { path: join(folder, 'gone.fits'), scale: 1, factor: 2, sizes };
    expect(await rejectionOf(() => threads.levelsOf(gone))).toMatchObject({ kind: 'file-not-found' });
    const [level] = await threads.levelsOf({ path, scale: 1, factor: 2, sizes });
    expect(level!.values.some((value) => Number.isFinite(value))).toBe(true);
    threads.close();
  });

  test('keep no program running that only waits for them', async () => {
    const entry = pathToFileURL(resolve(import.meta.dirname, '../../../src/services/tiles/level-threads.ts')).href;
    const program = `import { levelThreads } from ${JSON.stringify(entry)}; levelThreads(2).start();`;
    // Ended by the time limit, it would not have ended by itself.
    await promisify(execFile)(execPath, ['--input-type=module', '--eval', program], { timeout: 20_000 });
  });

  test('are not asked of threads where there is one core only', () => {
    expect(levelThreads(1)).toBeUndefined();
  });
});
