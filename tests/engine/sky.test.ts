import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackColumns } from '../../src/contract/packed-columns.ts';
import { paths } from '../../src/contract/paths.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

let served: TestEngine;
let client: Client;

beforeAll(async () => {
  served = await startTestEngine();
  client = await served.connect();
  await client.project.open({ mosaics: [...served.files.mosaics], catalogue: served.files.catalogue });
});
afterAll(() => served.close());

describe('the sky under the pointer', () => {
  test('off the mosaics there is no pixel, and a place off the sphere is refused', async () => {
    expect(await client.sky.pixel({ raDeg: 10, decDeg: -20, mosaic: null })).toBeNull();
    await expect(client.sky.pixel({ raDeg: 10, decDeg: -95, mosaic: null })).rejects.toThrow();
    expect(await client.sky.pixel({ raDeg: 205, decDeg: 55, mosaic: 7 })).toBeNull();
  });

  test('a source’s pixel has the value that stands in the file, in mJy/beam, at its FITS pixel', async () => {
    // Row 6 of the small field: 33.5 pixels from the middle (149.5), so pixel 183, which FITS counts as 184.
    const details = await client.source.details({ row: 6 });
    const found = await client.sky.pixel({ raDeg: details.raDeg, decDeg: details.decDeg, mosaic: null });
    expect(found).toMatchObject({ unit: 'mJy/beam', fitsX: 184, fitsY: 184, mosaicName: 'small' });
    // 0.01 Jy/beam in single precision.
    expect(found!.value).toBeCloseTo(10, 6);
    expect(await client.sky.pixel({ raDeg: details.raDeg, decDeg: details.decDeg, mosaic: 0 })).toEqual(found);
  });

  test('levels describe the noise of the mosaic in the unit of the tiles', async () => {
    const levels = await client.sky.levels({ mosaic: null });
    // The field’s pixels are uniform within ±0.05 mJy/beam: σ = 0.34 of the full width.
    expect(levels!.unit).toBe('mJy/beam');
    expect(levels!.centre).toBeCloseTo(0, 2);
    expect(levels!.sigma).toBeCloseTo(0.034, 2);
    expect(levels!.quantiles).toHaveLength(257);
    expect(await client.sky.levels({ mosaic: 5 })).toBeNull();
  });

  test('a source of a field without a Gaussian catalogue has no Gaussians to draw; a row that is not there is refused', async () => {
    expect(await client.source.surroundings({ row: 2 })).toEqual({ row: 2, gaussians: [] });
    await expect(client.source.surroundings({ row: 99 })).rejects.toThrow();
  });

  test('a glimpse is of the field that is asked for, in the unit of the tiles; no view, no picture', async () => {
    const Cookie = await served.signIn();
    const { hipsKey } = (await client.project.current())!.sky;
    const { raDeg, decDeg } = await client.source.details({ row: 6 });
    const ask = (query: Record<string, string | number>) => {
      const view = { key: hipsKey, ra: raDeg, dec: decDeg, fov: 0.01, width: 25, height: 25, ...query };
      const texts = Object.entries(view).map(([name, value]): [string, string] => [name, String(value)]);
      return served.get(`${paths.glimpse}?${new URLSearchParams(texts).toString()}`, { Cookie });
    };
    const values = unpackColumns(new Uint8Array((await ask({})).body).buffer).arrays.get('values')!;
    expect(values).toHaveLength(625);
    expect(values[312]).toBeGreaterThan(5);
    expect((await ask({ key: 'another' })).status).toBe(404);
    for (const wrong of [{ dec: -95 }, { fov: 0 }, { fov: 179 }, { width: 0 }, { height: 1e6 }, { ra: 'NaN' }]) {
      expect((await ask(wrong)).status).toBe(422);
    }
  });

  test('each mosaic is a layer of its own beside the blended ones', async () => {
    const Cookie = await served.signIn();
    const { hipsKey } = (await client.project.current())!.sky;
    const status = async (name: string): Promise<number> =>
      (await served.get(`/hips/${name}/properties`, { Cookie })).status;
    expect(await status(hipsKey)).toBe(200);
    expect(await status(`${hipsKey}.0`)).toBe(200);
    expect(await status(`${hipsKey}.1`)).toBe(404);
  });
});
