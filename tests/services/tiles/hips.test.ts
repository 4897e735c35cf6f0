import { describe, expect, test } from 'vitest';
import { healpixCellAt, healpixCount, healpixNumberOf } from '../../../src/core/sky/healpix.ts';
import { degrees } from '../../../src/core/units/quantities.ts';
import { ByteCache } from '../../../src/services/tiles/byte-cache.ts';
import { blankHips, hipsOrderFor, openHips } from '../../../src/services/tiles/hips.ts';
import type { TileSource } from '../../../src/services/tiles/tile-source.ts';
import { arraySource, orthographic } from './sky-model.ts';

const SIZE = 400;
const TILE_BYTES = 1_054_080;
const CENTRE = { ra: degrees(205.3), dec: degrees(54.5) };

function noiseField(): TileSource {
  const wcs = orthographic({ raDeg: 205.3, decDeg: 54.5, pixelScaleArcsec: 1.5, centreX: 200, centreY: 200 });
  // Sum of twelve uniforms less six: σ = 1 to a percent.
  let seed = 7;
  const uniform = (): number => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const values = Float32Array.from({ length: SIZE * SIZE }, () => {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += uniform();
    return 10 + sum;
  });
  return arraySource(wcs, SIZE, SIZE, values, 0.001);
}

const isAllNaN = (body: Uint8Array<ArrayBuffer>): boolean => {
  const view = new DataView(body.buffer, body.byteOffset + 2880, 4 * 512 * 512);
  for (let i = 0; i < 512 * 512; i++) if (!Number.isNaN(view.getFloat32(4 * i, false))) return false;
  return true;
};

describe('the HiPS of a field', () => {
  test('its properties hold what Aladin Lite dies without, and cuts from the noise', async () => {
    const hips = await openHips([noiseField()], 'Test field', 1e8);
    const text = new TextDecoder().decode((await hips.answer('properties')).body);
    const entry = (key: string): string | undefined => new RegExp(`^${key}\\s+= (.*)$`, 'm').exec(text)?.[1];
    expect(entry('hips_pixel_bitpix')).toBe('-32');
    expect(entry('dataproduct_type')).toBe('image');
    expect(entry('hips_tile_format')).toBe('fits');
    expect(entry('hips_tile_width')).toBe('512');
    expect(entry('hips_frame')).toBe('equatorial');
    expect(entry('hips_order')).toBe('9');
    expect(entry('hips_order_min')).toBe('0');
    // Mean 10, σ 1, scaled by 0.001: −1.5 σ and +60 σ, to a few percent of σ.
    const [low, high] = entry('hips_pixel_cut')!.split(' ').map(Number) as [number, number];
    expect(low).toBeCloseTo(0.0085, 3);
    expect(Math.abs(high - 0.07)).toBeLessThan(0.003);
  });

  test('every tile that it promises is there: 200 and 1,054,080 bytes, all NaN where there is no data', async () => {
    const hips = await openHips([noiseField()], 'Test field', 1e8);
    const centre = healpixNumberOf(healpixCellAt(9, CENTRE));
    const data = await hips.answer(`Norder9/Dir${Math.floor(centre / 10000) * 10000}/Npix${centre}.fits`);
    expect([data.status, data.body.length, isAllNaN(data.body)]).toEqual([200, TILE_BYTES, false]);
    for (const file of ['Norder0/Dir0/Npix11.fits', 'Norder3/Dir0/Npix5.fits', 'Norder9/Dir0/Npix5.fits']) {
      const empty = await hips.answer(file);
      expect([empty.status, empty.body.length, isAllNaN(empty.body)]).toEqual([200, TILE_BYTES, true]);
    }
  });

  test('it has no Allsky preview, which Aladin Lite asks for all the same: 204, since a browser logs each 404', async () => {
    const hips = await openHips([noiseField()], 'Test field', 1e8);
    const { status, body } = await hips.answer('Norder3/Allsky.fits');
    expect([status, body.length]).toEqual([204, 0]);
  });

  test('a tile deeper than it promises holds no data, and is there', async () => {
    const hips = await openHips([noiseField()], 'Test field', 1e8);
    const deeper = healpixNumberOf(healpixCellAt(10, CENTRE));
    const { status, body } = await hips.answer(`Norder10/Dir0/Npix${deeper}.fits`);
    expect([status, body.length]).toEqual([200, 1_054_080]);
    expect(new DataView(body.buffer, 2880).getFloat32(4 * 512 * 256)).toBeNaN();
  });

  test('what is no tile is 404: numbers beyond the sphere, other formats', async () => {
    const hips = await openHips([noiseField()], 'Test field', 1e8);
    for (const file of [
      'Norder99/Dir0/Npix0.fits',
      `Norder3/Dir0/Npix${healpixCount(3)}.fits`,
      'Norder3/Dir0/Npix1.png',
      'Norder3/Dir0/Npix-1.fits',
      '../properties',
      '',
    ]) {
      expect((await hips.answer(file)).status).toBe(404);
    }
  });

  test('its MOC lists the pixel under the field’s centre', async () => {
    const hips = await openHips([noiseField()], 'Test field', 1e8);
    const { body } = await hips.answer('Moc.fits');
    expect(body.length % 2880).toBe(0);
    const text = new TextDecoder('latin1').decode(body.subarray(2880, 5760));
    const rows = Number(/NAXIS2 {2}= +(\d+)/.exec(text)![1]);
    const view = new DataView(body.buffer, 5760);
    const pixels = Array.from({ length: rows }, (_, i) => Number(view.getBigInt64(8 * i, false)) - 4 * 4 ** 8);
    expect(pixels).toContain(healpixNumberOf(healpixCellAt(8, CENTRE)));
    expect(rows).toBeLessThan(12);
  });

  test('many requests at once are answered one tile at a time, each tile made once', async () => {
    let [running, most, reads] = [0, 0, 0];
    const field = noiseField();
    const counted: TileSource = {
      ...field,
      async readWindow(window) {
        running++;
        reads++;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        const values = await field.readWindow(window);
        running--;
        return values;
      },
    };
    const hips = await openHips([counted], 'Test field', 1e8);
    reads = 0;
    const centre = healpixNumberOf(healpixCellAt(9, CENTRE));
    const ask = (pixel: number): Promise<unknown> => hips.answer(`Norder9/Dir0/Npix${pixel}.fits`);
    await Promise.all([ask(centre), ask(centre), ask(centre ^ 1), ask(centre ^ 2), ask(centre)]);
    await ask(centre);
    expect(most).toBe(1);
    expect(reads).toBeLessThanOrEqual(3);
  });

  test('a mosaic that cannot be read fails that request and not the next', async () => {
    const field = noiseField();
    let isBroken = false;
    const flaky: TileSource = {
      ...field,
      readWindow: (window) => (isBroken ? Promise.reject(new Error('disk')) : field.readWindow(window)),
    };
    const hips = await openHips([flaky], 'Test field', 1e8);
    const file = `Norder9/Dir0/Npix${healpixNumberOf(healpixCellAt(9, CENTRE))}.fits`;
    isBroken = true;
    await expect(hips.answer(file)).rejects.toThrow('disk');
    isBroken = false;
    expect((await hips.answer(file)).status).toBe(200);
  });

  test('the first view is centred on the field and shows all of it', async () => {
    const { initialView } = await openHips([noiseField()], 'Test field', 1e8);
    expect(initialView.raDeg).toBeCloseTo(205.3, 3);
    expect(initialView.decDeg).toBeCloseTo(54.5, 3);
    const sideDeg = (SIZE * 1.5) / 3600;
    expect(initialView.fovDeg).toBeGreaterThan(sideDeg);
    expect(initialView.fovDeg).toBeLessThan(1.2 * sideDeg);
  });

  test.each([
    [6, 7],
    [1.5, 9],
    [0.5, 10],
    [0.25, 11],
  ])('pixels of %f″ need tiles to order %i', (pixelScaleArcsec, order) => {
    expect(hipsOrderFor(pixelScaleArcsec)).toBe(order);
  });

  test('the blank sky answers every tile with NaN and its properties are complete', async () => {
    const blank = blankHips();
    expect(isAllNaN((await blank.answer('Norder0/Dir0/Npix3.fits')).body)).toBe(true);
    expect(new TextDecoder().decode((await blank.answer('properties')).body)).toContain('dataproduct_type');
    expect((await blank.answer('Norder3/Allsky.fits')).status).toBe(204);
  });
});

describe('the tile cache', () => {
  test('forgets the block that was not used for longest, and never exceeds its limit', () => {
    const cache = new ByteCache(100);
    const block = (): Uint8Array<ArrayBuffer> => new Uint8Array(40);
    cache.set('a', block());
    cache.set('b', block());
    cache.get('a');
    cache.set('c', block());
    expect(cache.get('b')).toBeUndefined();
    expect(cache.get('a')).toBeDefined();
    expect(cache.usedBytes).toBe(80);
    cache.set('huge', new Uint8Array(101));
    expect(cache.get('huge')).toBeUndefined();
    expect(cache.usedBytes).toBe(80);
  });
});
