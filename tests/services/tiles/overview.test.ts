import { describe, expect, test } from 'vitest';
import type { MosaicPyramid } from '../../../src/services/tiles/mosaic-pyramid.ts';
import { openPyramid } from '../../../src/services/tiles/mosaic-pyramid.ts';
import { refinement } from '../../../src/services/tiles/refinement.ts';
import type { TileSource } from '../../../src/services/tiles/tile-source.ts';
import { deferred } from '../../engine/deferred.ts';
import { arraySource, gaussianImage, orthographic } from './sky-model.ts';

const SIZE = 1024;
const LEVEL = 4;
const WCS = orthographic({ raDeg: 10, decDeg: 20, pixelScaleArcsec: 1.5, centreX: 512, centreY: 512 });
const SOURCE = { x: 600.4, y: 300.2, peak: 1 };

function counted(values: Float32Array, more: Partial<TileSource> = {}) {
  const source = { ...arraySource(WCS, SIZE, SIZE, values), ...more };
  const rows: number[] = [];
  const readWindow: TileSource['readWindow'] = (window) => {
    for (let row = 0; row < window.height; row++) rows.push(window.y + row);
    return source.readWindow(window);
  };
  return { source: { ...source, readWindow }, rows };
}

const sketched = (source: TileSource): MosaicPyramid =>
  openPyramid(source, { firstStoredLevel: LEVEL, isSketched: true });

async function fluxOf(pyramid: MosaicPyramid, level: number): Promise<number> {
  const { width, height } = pyramid.levelSize(level);
  const values = await pyramid.read(level, { x: 0, y: 0, width, height });
  return values.reduce((sum, value) => sum + value, 0) * 4 ** level;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the overview of more pixels than can be read at once', () => {
  test('a few rows come first and may miss a source; once all is read, every level has the flux of the mosaic', async () => {
    const image = gaussianImage(SIZE, SIZE, [SOURCE]);
    const { source, rows } = counted(image);
    const pyramid = sketched(source);
    expect(pyramid.isCoarse).toBe(false);
    await pyramid.prepare(LEVEL + 1);
    expect(rows.length).toBeLessThanOrEqual(8);
    expect(pyramid.isCoarse).toBe(true);
    expect(await fluxOf(pyramid, LEVEL)).toBeLessThan(0.1);
    await pyramid.refine();
    expect(pyramid.isCoarse).toBe(false);
    const total = image.reduce((sum, value) => sum + value, 0);
    for (const level of [LEVEL, LEVEL + 1]) expect((await fluxOf(pyramid, level)) / total).toBeCloseTo(1, 5);
  });

  test('what the sketch shows has the mosaic’s columns at their places, and its blank band', async () => {
    const values = Float32Array.from({ length: SIZE * SIZE }, (_, i) => (i < SIZE * 256 ? NaN : i % SIZE));
    const pyramid = sketched(counted(values).source);
    await pyramid.prepare(LEVEL);
    const whole = await pyramid.read(LEVEL, { x: -1, y: 0, width: 66, height: 64 });
    expect([whole[0], whole[65]]).toEqual([NaN, NaN]);
    for (const column of [0, 31, 63]) {
      expect(whole[5 * 66 + column + 1]).toBeNaN();
      expect(whole[40 * 66 + column + 1]).toBeCloseTo(16 * column + 7.5, 4);
    }
    const wider = await pyramid.read(LEVEL + 1, { x: 3, y: 20, width: 1, height: 1 });
    expect(wider[0]).toBeCloseTo(32 * 3 + 15.5, 4);
  });

  test('a file without pixels, a hole on the disk, is known from a few rows; one with a pixel there is not', async () => {
    const hole = counted(new Float32Array(SIZE * SIZE), { isHole: true });
    const pyramid = sketched(hole.source);
    await pyramid.prepare(LEVEL);
    expect(pyramid.isCoarse).toBe(false);
    expect(await fluxOf(pyramid, LEVEL)).toBe(0);
    await pyramid.refine();
    expect(hole.rows.length).toBeLessThanOrEqual(8);
    const full = sketched(counted(new Float32Array(SIZE * SIZE).fill(1e-9), { isHole: true }).source);
    await full.prepare(LEVEL);
    expect(full.isCoarse).toBe(true);
  });

  test('closer in, rows are never farther apart than a beam: no source is between them', async () => {
    const { source, rows } = counted(gaussianImage(SIZE, SIZE, [SOURCE]));
    const pyramid = openPyramid(source, { firstStoredLevel: 9, isSketched: true });
    const { width, height } = pyramid.levelSize(5);
    // 256 copies of the image in one window: more pixels than may be read for one tile.
    await pyramid.read(5, { x: 0, y: 0, width: 16 * width, height: 16 * height });
    const gaps = rows.slice(1).map((row, i) => row - rows[i]!);
    expect(gaps.length).toBeGreaterThan(0);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(4);
  });
});

describe('reading the rest of the mosaics', () => {
  const pyramids = (count: number, more: Partial<TileSource> = {}): MosaicPyramid[] =>
    Array.from({ length: count }, () => sketched(counted(gaussianImage(SIZE, SIZE, [SOURCE]), more).source));
  const quiet = (): Promise<void> => Promise.resolve();

  test('only those that a wide tile has shown are read, and then the tiles are better once', async () => {
    const all = pyramids(3);
    let better = 0;
    let told = deferred();
    const refining = refinement(all, quiet, () => {
      better++;
      told.resolve(undefined);
    });
    await all[0]!.prepare(LEVEL);
    await all[2]!.prepare(LEVEL);
    expect(refining.state()).toEqual({ revision: 0, shownCount: 2, readCount: 0 });
    refining.wake();
    await told.promise;
    expect(refining.state()).toEqual({ revision: 1, shownCount: 2, readCount: 2 });
    expect(better).toBe(1);
    told = deferred();
    await all[1]!.prepare(LEVEL);
    refining.wake();
    await told.promise;
    expect(refining.state().revision).toBe(2);
  });

  test('a mosaic that cannot be read stays as it is, is not tried again and again, and keeps no other from it', async () => {
    let tries = 0;
    const all = pyramids(2);
    const broken: MosaicPyramid = {
      ...all[0]!,
      isCoarse: true,
      refine: () => {
        tries++;
        return Promise.reject(new Error('disk'));
      },
    };
    await all[1]!.prepare(LEVEL);
    const told = deferred();
    const refining = refinement([broken, all[1]!], quiet, () => told.resolve(undefined));
    refining.wake();
    await told.promise;
    expect(refining.state()).toEqual({ revision: 1, shownCount: 2, readCount: 1 });
    expect(tries).toBe(1);
  });

  test('a tile that somebody waits for comes first, and after closing nothing is read', async () => {
    const [mosaic] = pyramids(1);
    await mosaic!.prepare(LEVEL);
    const gate = deferred();
    const refining = refinement(
      [mosaic!],
      () => gate.promise.then(() => undefined),
      () => undefined,
    );
    refining.wake();
    await settled();
    expect(mosaic!.isCoarse).toBe(true);
    refining.close();
    gate.resolve(undefined);
    await settled();
    expect(refining.state()).toEqual({ revision: 0, shownCount: 1, readCount: 0 });
  });
});
