import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { fitsImageBytes } from '../src/core/fits/write.ts';
import { randomStream } from '../src/core/random/philox.ts';
import { openMosaic } from '../src/services/fits-files/mosaic.ts';
import { coveredPixels } from '../src/services/tiles/field-extent.ts';
import { createTileService } from '../src/services/tiles/tile-service.ts';
import { mediansInTurns } from './in-turns.ts';
import type { Benchmark } from './measurement.ts';
import { MissingPeer } from './measurement.ts';

/** Where Debian's package `aladin` puts it; `LOBATE_ALADIN_JAR` names another one. */
const ALADIN_JAR = process.env['LOBATE_ALADIN_JAR'] ?? '/usr/share/java/aladin.jar';
const SIDE = 1500;
const PIXEL_DEG = 1.5 / 3600;
const ORDERS = [9, 8, 7, 6, 5, 4, 3];
const ROUNDS = 3;

/** A full tiling of one mosaic, opened, tiled from order 9 to 3 and written to the disk by both, from start to end. */
export const tilesBenchmark: Benchmark = {
  summary: "every tile of a 1500 × 1500 mosaic, orders 3 to 9, per tile, against Aladin's Hipsgen",
  async *measure() {
    if (!existsSync(ALADIN_JAR)) throw new MissingPeer('Hipsgen', 'aladin');
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    try {
      const mosaic = join(folder, 'in', 'mosaic.fits');
      await writeMosaic(mosaic);
      const newFolder = (): Promise<string> => mkdtemp(join(folder, 'tiles-'));
      const [ours, theirs] = await mediansInTurns(
        [
          async () => ourTiling(mosaic, await newFolder()),
          async () => hipsgenTiling(dirname(mosaic), join(await newFolder(), 'hips')),
        ],
        { rounds: ROUNDS },
      );
      yield { name: 'tiles', ours, peer: theirs, peerName: 'Hipsgen 12', unit: 'ms a tile' };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function writeMosaic(path: string): Promise<void> {
  const random = randomStream(9);
  const middle = SIDE / 2 + 0.5;
  const bytes = fitsImageBytes({
    pixels: Float32Array.from({ length: SIDE * SIDE }, () => 70e-6 * random.normal()),
    widthPix: SIDE,
    heightPix: SIDE,
    cards: [
      { keyword: 'CTYPE1', value: 'RA---SIN' },
      { keyword: 'CRVAL1', value: 205.3 },
      { keyword: 'CRPIX1', value: middle },
      { keyword: 'CDELT1', value: -PIXEL_DEG },
      { keyword: 'CTYPE2', value: 'DEC--SIN' },
      { keyword: 'CRVAL2', value: 54.5 },
      { keyword: 'CRPIX2', value: middle },
      { keyword: 'CDELT2', value: PIXEL_DEG },
      { keyword: 'BUNIT', value: 'JY/BEAM' },
    ],
  });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

/** @returns milliseconds per tile */
async function ourTiling(path: string, out: string): Promise<number> {
  const start = performance.now();
  const mosaic = await openMosaic(path);
  const tiles = await createTileService({ mosaics: [mosaic], cacheBytes: 0 });
  let count = 0;
  for (const order of ORDERS) {
    const source = { ...mosaic, scale: 1, readWindow: mosaic.readPixels.bind(mosaic) };
    for (const pixel of coveredPixels(source, order)) {
      const file = `Norder${order}/Dir${Math.floor(pixel / 10_000) * 10_000}/Npix${pixel}.fits`;
      const answer = await tiles.handle(`/hips/${tiles.key}/${file}`);
      await mkdir(dirname(join(out, file)), { recursive: true });
      await writeFile(join(out, file), answer!.body);
      count++;
    }
  }
  tiles.close();
  await mosaic.close();
  return (performance.now() - start) / count;
}

/** Its spatial index and its tiles, with all its threads; the start of Java counts, as ours of nothing does. */
async function hipsgenTiling(folder: string, out: string): Promise<number> {
  const start = performance.now();
  const settings = [`in=${folder}`, `out=${out}`, 'creator_did=LOBATE/bench', 'order=9', 'INDEX', 'TILES'];
  await promisify(execFile)('java', ['-Djava.awt.headless=true', '-jar', ALADIN_JAR, '-hipsgen', ...settings]);
  const milliseconds = performance.now() - start;
  const files = await readdir(out, { recursive: true });
  const count = files.filter((file) => /Norder\d+.*Npix\d+\.fits$/.test(file) && !file.startsWith('HpxFinder')).length;
  if (count === 0) throw new MissingPeer('Hipsgen (it made no tile)', 'aladin');
  return milliseconds / count;
}
