import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import { DomainFailure } from '../../../src/core/result/failure.ts';
import { healpixCellAt, healpixNumberOf } from '../../../src/core/sky/healpix.ts';
import { degrees } from '../../../src/core/units/quantities.ts';
import type { Mosaic } from '../../../src/services/fits-files/mosaic.ts';
import { openMosaic } from '../../../src/services/fits-files/mosaic.ts';
import type { TileService } from '../../../src/services/tiles/tile-service-types.ts';
import { createTileService } from '../../../src/services/tiles/tile-service.ts';
import { rejectionOf } from '../../expect-failure.ts';
import { hasRealdata, realdataPath } from '../../realdata.ts';

const SIZE = 120;
/** 1000 · numpy.nanmax of the piece, which is in Jy/beam. */
const PIECE_PEAK_MJY_PER_BEAM = 5.606500900326588;
const CENTRE = { ra: degrees(150), dec: degrees(30) };
let folder = '';
const open: Mosaic[] = [];

async function openTiles(paths: readonly string[], cacheBytes: number): Promise<TileService> {
  const mosaics = await Promise.all(paths.map((path) => openMosaic(path)));
  open.push(...mosaics);
  return createTileService({ mosaics, cacheBytes });
}

function writeMosaic(name: string, unit: string): string {
  const path = join(folder, name);
  const pixels = Float32Array.from({ length: SIZE * SIZE }, (_, i) => 0.002 + 1e-5 * Math.sin(i));
  const bytes = fitsImageBytes({
    pixels,
    widthPix: SIZE,
    heightPix: SIZE,
    cards: [
      { keyword: 'CTYPE1', value: 'RA---SIN' },
      { keyword: 'CTYPE2', value: 'DEC--SIN' },
      { keyword: 'CRVAL1', value: CENTRE.ra },
      { keyword: 'CRVAL2', value: CENTRE.dec },
      { keyword: 'CRPIX1', value: SIZE / 2 },
      { keyword: 'CRPIX2', value: SIZE / 2 },
      { keyword: 'CDELT1', value: -1.5 / 3600 },
      { keyword: 'CDELT2', value: 1.5 / 3600 },
      { keyword: 'BUNIT', value: unit },
    ],
  });
  writeFileSync(path, bytes);
  return path;
}

const tileAt = (order: number, position: typeof CENTRE): string =>
  `Norder${order}/Dir0/Npix${healpixNumberOf(healpixCellAt(order, position))}.fits`;

function finiteValues(body: Uint8Array<ArrayBuffer>): number[] {
  const view = new DataView(body.buffer, body.byteOffset + 2880);
  const values = Array.from({ length: 512 * 512 }, (_, i) => view.getFloat32(4 * i, false));
  return values.filter((value) => !Number.isNaN(value));
}

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'lobate-tiles-'))));
afterAll(async () => {
  for (const mosaic of open) await mosaic.close();
  rmSync(folder, { recursive: true });
});

describe('the tile service', () => {
  test('a mosaic without coordinates is refused with its path', async () => {
    const path = join(folder, 'blind.fits');
    writeFileSync(path, fitsImageBytes({ pixels: new Float32Array(4), widthPix: 2, heightPix: 2, cards: [] }));
    const failure: unknown = await openTiles([path], 0).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(DomainFailure);
    expect((failure as DomainFailure).error).toMatchObject({ kind: 'wcs-missing', path });
  });

  test('serves its own key and the blank sky, and leaves every other path to others', async () => {
    const tiles = await openTiles([writeMosaic('a.fits', 'JY/BEAM')], 1e7);
    expect((await tiles.handle(`/hips/${tiles.key}/properties`))?.status).toBe(200);
    expect((await tiles.handle('/hips/blank/properties'))?.status).toBe(200);
    expect((await tiles.handle(`/hips/${tiles.key}/Norder3/Allsky.fits`))?.status).toBe(204);
    for (const path of ['/hips/other/properties', '/hips/', `/hips/${tiles.key}`, '/index.html', '/']) {
      expect(await tiles.handle(path)).toBeUndefined();
    }
    tiles.close();
  });

  test('a tile of a field that is not open any more is there without data, but not its properties, and is not kept', async () => {
    const tiles = await openTiles([writeMosaic('a.fits', 'JY/BEAM')], 1e7);
    const answer = await tiles.handle(`/hips/0123456789abcdef/${tileAt(9, CENTRE)}`);
    expect(answer).toMatchObject({ status: 200, isProvisional: true });
    expect(finiteValues(answer!.body)).toEqual([]);
    expect(await tiles.handle('/hips/0123456789abcdef/properties')).toBeUndefined();
    tiles.close();
  });

  test('the same tiles are under every revision of the key; one mosaic is read at once, so there is no overview', async () => {
    const tiles = await openTiles([writeMosaic('a.fits', 'JY/BEAM')], 1e7);
    const [first, second] = await Promise.all(
      ['', '~2', '.0~3'].map((part) => tiles.handle(`/hips/${tiles.key}${part}/${tileAt(9, CENTRE)}`)),
    );
    expect(second?.body).toEqual(first!.body);
    expect(finiteValues(first!.body).length).toBeGreaterThan(0);
    expect(tiles.overview()).toBeUndefined();
    tiles.close();
  });

  test('tiles are in mJy/beam where the unit is known, and as the file has them where it is not', async () => {
    for (const [unit, expected, shown] of [
      ['JY/BEAM', 2, 'mJy/beam'],
      ['furlong', 0.002, 'furlong'],
    ] as const) {
      const tiles = await openTiles([writeMosaic('u.fits', unit)], 1e7);
      const values = finiteValues((await tiles.handle(`/hips/${tiles.key}/${tileAt(9, CENTRE)}`))!.body);
      expect(values.length).toBeGreaterThan(1000);
      expect(values[values.length >> 1]! / expected).toBeCloseTo(1, 1);
      expect(tiles.unit).toBe(shown);
      tiles.close();
    }
  });

  test('the key changes when a mosaic is written again', async () => {
    const path = writeMosaic('k.fits', 'JY/BEAM');
    const first = await openTiles([path], 0);
    const again = await openTiles([path], 0);
    expect(again.key).toBe(first.key);
    utimesSync(path, 1e9, 1e9);
    const later = await openTiles([path], 0);
    expect(later.key).not.toBe(first.key);
    for (const service of [first, again, later]) service.close();
  });

  test('without a mosaic there is the blank sky', async () => {
    const tiles = await openTiles([], 0);
    expect(tiles.key).toBe('blank');
    expect((await tiles.handle('/hips/blank/Norder0/Dir0/Npix0.fits'))?.status).toBe(200);
    tiles.close();
  });
});

describe.skipIf(!hasRealdata('08_LoTSS_DR1_cutouts'))('the real piece of LoTSS DR1', () => {
  test('its brightest pixel is as bright in its tile, in mJy/beam, to the resampling', async () => {
    const path = realdataPath('08_LoTSS_DR1_cutouts', 'P205+55-mosaic.fits');
    const tiles = await openTiles([path], 5e7);
    const { raDeg, decDeg } = tiles.initialView;
    let brightest = 0;
    const seen = new Set<string>();
    for (let i = 0; i < 81; i++) {
      const dec = decDeg + ((Math.floor(i / 9) - 4) / 4) * 0.09;
      const ra = raDeg + (((i % 9) - 4) / 4) * (0.09 / Math.cos((dec * Math.PI) / 180));
      const file = tileAt(9, { ra: degrees(ra), dec: degrees(dec) });
      if (seen.has(file)) continue;
      seen.add(file);
      const { body } = (await tiles.handle(`/hips/${tiles.key}/${file}`))!;
      for (const value of finiteValues(body)) brightest = Math.max(brightest, value);
    }
    // Bilinear values never exceed the pixels’ and keep 93 % at least.
    expect(brightest).toBeLessThanOrEqual(PIECE_PEAK_MJY_PER_BEAM * (1 + 1e-6));
    expect(brightest).toBeGreaterThan(0.93 * PIECE_PEAK_MJY_PER_BEAM);
    expect(tiles.unit).toBe('mJy/beam');
    tiles.close();
  });
});

test('a tile that was asked for before its field closed is refused as cancelled, which is no fault of the program', async () => {
  const tiles = await openTiles([writeMosaic('closing.fits', 'JY/BEAM')], 1e7);
  await tiles.firstView;
  const refused = rejectionOf(async () => {
    // The deepest tiles are read from the file, not from what the first view is made of.
    const asked = tiles.handle(`/hips/${tiles.key}/${tileAt(9, CENTRE)}`);
    tiles.close();
    await asked;
  });
  expect(await refused).toEqual({ kind: 'cancelled' });
});
