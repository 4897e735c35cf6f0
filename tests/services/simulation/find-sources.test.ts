import { describe, expect, test } from 'vitest';
import type { CatalogueSource } from '../../../src/services/simulation/catalogue-source.ts';
import { covarianceOf } from '../../../src/services/simulation/ellipse.ts';
import { findSources } from '../../../src/services/simulation/find-sources.ts';
import { correlatedNoiseRows } from '../../../src/services/simulation/noise.ts';
import type { Blob } from '../../../src/services/simulation/physical-source.ts';
import type { FriiLook } from '../../../src/services/simulation/radio-galaxies.ts';
import { friiBlobs } from '../../../src/services/simulation/radio-galaxies.ts';
import type { SkyImage } from '../../../src/services/simulation/render.ts';
import { addBlobInPlace } from '../../../src/services/simulation/render.ts';

const SIDE = 300;
const NOISE = 0.07;

async function catalogueOf(blobs: readonly Blob[], seed = 2): Promise<CatalogueSource[]> {
  const image: SkyImage = { side: SIDE, pixels: new Float32Array(SIDE * SIDE) };
  for (const blob of blobs) addBlobInPlace(image, blob);
  const next = correlatedNoiseRows(SIDE, seed, 0);
  const row = new Float64Array(SIDE);
  for (let y = 0; y < SIDE; y++) {
    next(row);
    for (let x = 0; x < SIDE; x++) image.pixels[y * SIDE + x] = image.pixels[y * SIDE + x]! + NOISE * row[x]!;
  }
  return findSources(image, () => undefined);
}

const LOOK: FriiLook = {
  coreShare: 0,
  armRatio: 1,
  fluxRatio: 1,
  hotSpotShare: 0.5,
  bridgeReach: 0.2,
  fadeLength: 0.3,
  widthRatio: 0.12,
  cocoonShare: 0,
  bendRad: 0,
};
const DOUBLE = { xPix: 150.3, yPix: 148.6, paRad: 0.7, fluxMjy: 30, sizeArcsec: 60 };

describe('the source finder', () => {
  test('finds nothing in noise alone', async () => {
    expect(await catalogueOf([])).toEqual([]);
  });

  test('measures flux, position and size of an isolated bright Gaussian', async () => {
    const blob = { xPix: 140.37, yPix: 163.81, fluxMjy: 50, shape: covarianceOf(9, 5, 0.6) };
    const sources = await catalogueOf([blob]);
    expect(sources).toHaveLength(1);
    const { measurement, code } = sources[0]!;
    expect(code).toBe('S');
    // Peak ~ 26 mJy/beam, 370σ: Condon's errors are 0.5 % in flux and 0.01 pixel; five of them, plus what the island
    // threshold cuts off.
    expect(Math.abs(measurement.totalMjy / 50 - 1)).toBeLessThan(0.03);
    expect(Math.hypot(measurement.xPix - blob.xPix, measurement.yPix - blob.yPix)).toBeLessThan(0.05);
    expect(measurement.deconvolved.majArcsec).toBeCloseTo(9, 0);
    expect(measurement.deconvolved.minArcsec).toBeCloseTo(5, 0);
    expect(measurement.deconvolved.paDeg).toBeCloseTo((0.6 * 180) / Math.PI, -1);
    expect(measurement.rmsMjyPerBeam).toBeCloseTo(NOISE, 2);
  });

  test('states errors that cover the scatter of its measurements', async () => {
    const blob = { xPix: 150, yPix: 150, fluxMjy: 2, shape: covarianceOf(0, 0, 0) };
    const pulls: number[] = [];
    for (let seed = 1; seed <= 16; seed++) {
      const [source] = await catalogueOf([blob], seed);
      pulls.push((source!.measurement.peakMjyPerBeam - 2) / source!.measurement.errors.peakMjyPerBeam);
    }
    const rms = Math.sqrt(pulls.reduce((sum, pull) => sum + pull * pull, 0) / pulls.length);
    // 16 draws: the rms of unit deviates lies within 0.5 … 1.6 in all but one of a thousand cases.
    expect(rms).toBeGreaterThan(0.5);
    expect(rms).toBeLessThan(1.6);
  });

  test('splits an FRII whose bridge is missing into its two lobes', async () => {
    const sources = await catalogueOf(friiBlobs(DOUBLE, LOOK));
    expect(sources).toHaveLength(2);
  });

  test('keeps an FRII with a strong bridge whole, as one source of several Gaussians', async () => {
    const look = { ...LOOK, hotSpotShare: 0.1, bridgeReach: 1.05, fadeLength: 3, widthRatio: 0.25 };
    const sources = await catalogueOf(friiBlobs(DOUBLE, look));
    expect(sources).toHaveLength(1);
    expect(sources[0]!.code).toBe('M');
  });
});
