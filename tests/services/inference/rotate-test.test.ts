import { describe, expect, test } from 'vitest';
import { spreadOf, summariseSpreads } from '../../../src/core/evaluation/rotation-spread.ts';
import { computeFeatures } from '../../../src/core/features/compute-features.ts';
import { summariseGaussians } from '../../../src/core/catalogue/gaussians.ts';
import { noLikelihood } from '../../../src/core/catalogue/likelihood.ts';
import { placeWindow, makeCutout } from '../../../src/core/cutout/make-cutout.ts';
import type { NetworkInput } from '../../../src/core/network/network-input.ts';
import { recipeOf } from '../../../src/core/network/presets.ts';
import { degrees } from '../../../src/core/units/quantities.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import type { Mosaic } from '../../../src/services/fits-files/mosaic.ts';
import { rotateTest } from '../../../src/services/inference/rotate-test.ts';
import { lotssCatalogue } from '../../core/catalogue/catalogue-tables.ts';

const SIDE = 600;
const recipe = recipeOf('compact');

/** A sky of noise with a jet to the right of each source; a degree is 1000 pixels from (10, 20). */
function fakeMosaic(): Mosaic {
  const random = randomStream(4);
  const pixels = Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    const isJet = [200, 400].some((at) => Math.abs(y - at) < 3 && x >= at && x < at + 30);
    return 7e-5 * random.normal() + (isJet ? 5e-3 : 0);
  });
  const skyToPixel: Mosaic['wcs']['skyToPixel'] = ({ ra, dec }) => ({
    x: (ra - 10) * 1000 + 200,
    y: (dec - 20) * 1000 + 200,
  });
  const mosaic: Partial<Mosaic> = {
    names: ['P10'],
    widthPix: SIDE,
    heightPix: SIDE,
    wcs: {
      skyToPixel,
      pixelToSky: (x, y) => ({ ra: degrees(10 + (x - 200) / 1000), dec: degrees(20 + (y - 200) / 1000) }),
    } as Mosaic['wcs'],
    readPixels: ({ x, y, width, height }) =>
      Promise.resolve(
        Float32Array.from({ length: width * height }, (_, i) => {
          const [column, row] = [x + (i % width), y + Math.floor(i / width)];
          const isInside = column >= 0 && row >= 0 && column < SIDE && row < SIDE;
          return isInside ? pixels[row * SIDE + column]! : Number.NaN;
        }),
      ),
  };
  return mosaic as Mosaic;
}

function fakeField(): Parameters<typeof rotateTest>[0] {
  // Two large sources that a network looks at, a small one that is SISG, and one off the mosaic.
  const catalogue = lotssCatalogue([10, 10.2, 10.1, 12], [20, 20.2, 20.05, 22], { 'Maj [arcsec]': [30, 30, 7, 30] });
  const likelihood = noLikelihood(catalogue.rowCount);
  const gaussians = summariseGaussians(catalogue, undefined, likelihood).summary;
  return {
    mosaics: [fakeMosaic()],
    catalogue,
    features: computeFeatures(catalogue, { gaussians, likelihood }, recipe.features),
  };
}

const imageSize = 3 * 128 * 128;
/** A network that looks at the whole picture alone (it cannot know how it lies), or at its right half. */
const networkOf = (
  pixelCounts: (index: number) => boolean,
): { inputs: NetworkInput[] } & Parameters<typeof rotateTest>[1] => {
  const inputs: NetworkInput[] = [];
  return {
    inputs,
    probabilities: (input) => {
      inputs.push(input);
      return Promise.resolve(
        Float32Array.from({ length: input.rowCount }, (_, k) => {
          let sum = 0;
          for (let i = 0; i < 128 * 128; i++)
            if (pixelCounts(i)) sum += input.images[k * imageSize + 2 * 128 * 128 + i]!;
          return sum / 1000;
        }),
      );
    },
  };
};
const rightHalf = networkOf.bind(undefined, (index) => index % 128 > 64);
const everything = networkOf.bind(undefined, (index) => index % 128 > 0 && index >= 128);
const options = { recipe, moments: undefined, angles: 4, seed: 1, rows: [0, 1, 2, 3] };

describe('turning sources', () => {
  test('sources that no network sees are left out: SISG and those off the mosaics', async () => {
    const sources = await rotateTest(fakeField(), rightHalf(), options);
    expect(sources.map(({ row }) => row)).toEqual([0, 1]);
    expect(sources[0]!.exact).toHaveLength(8);
    expect(sources[0]!.random).toHaveLength(4);
  });

  test('the first picture is the one that a run gives the network', async () => {
    const network = rightHalf();
    const field = fakeField();
    await rotateTest(field, network, { ...options, angles: 0, rows: [0] });
    const window = await field.mosaics[0]!.readPixels(placeWindow({ x: 200, y: 200 }, 256));
    expect(network.inputs[0]!.images.slice(0, imageSize)).toEqual(makeCutout(window, recipe.cutout).channels);
    expect(network.inputs[0]!.features.slice(0, 32)).toEqual(network.inputs[0]!.features.slice(32, 64));
  });

  test('a network that looks right sees the jet in some orientations and not in others', async () => {
    const [source] = await rotateTest(fakeField(), rightHalf(), options);
    const spread = spreadOf(source!.exact, 0.1);
    // The jet covers 5 × 30 pixels of the 3σ channel; noise adds about 10 of 8,000.
    expect(spread.highest).toBeGreaterThan(0.14);
    expect(spread.lowest).toBeLessThan(0.1);
    expect(spread.isMixed).toBe(true);
  });

  test('a network that does not care how a picture lies gives one probability in the exact orientations', async () => {
    const [source] = await rotateTest(fakeField(), everything(), options);
    // All but the first row and column, which a mirroring brings in from outside the picture: sums of ones, exact.
    const values = [...source!.exact];
    expect(Math.max(...values) - Math.min(...values)).toBe(0);
  });

  test('random orientations follow from the seed and the row alone', async () => {
    const both = await rotateTest(fakeField(), rightHalf(), options);
    const [second] = await rotateTest(fakeField(), rightHalf(), { ...options, rows: [1] });
    const [other] = await rotateTest(fakeField(), rightHalf(), { ...options, rows: [1], seed: 2 });
    expect(second).toEqual(both[1]);
    expect(other!.random).not.toEqual(second!.random);
    expect(other!.exact).toEqual(second!.exact);
  });

  test('a run can be stopped', async () => {
    const signal = AbortSignal.abort();
    await expect(rotateTest(fakeField(), rightHalf(), { ...options, signal })).rejects.toThrow();
  });
});

describe('the summary of Appendix B', () => {
  test('σ is that of the population, and class changes where the threshold lies between', () => {
    const spread = spreadOf(Float64Array.from([0.74, 0.87, 0.74, 0.87]), 0.5);
    expect(spread.sigma).toBeCloseTo(0.065, 12);
    expect(spread.isMixed).toBe(false);
    expect(spreadOf(Float64Array.from([0.49, 0.5]), 0.5).isMixed).toBe(true);
    expect(spreadOf(Float64Array.from([0.5, 0.6]), 0.5).isMixed).toBe(false);
  });

  test('the widest range is named, and nothing is claimed of no sources', () => {
    const spreads = [spreadOf(Float64Array.from([0.1, 0.1]), 0.5), spreadOf(Float64Array.from([0.4, 0.6]), 0.5)];
    expect(summariseSpreads([7, 9], spreads)).toMatchObject({
      sources: 2,
      mixed: 1,
      sigmaBelow001: 1,
      sigmaFrom005: 1,
      worst: { row: 9, lowest: 0.4, highest: 0.6 },
    });
    expect(summariseSpreads([], [])).toMatchObject({ sigmaMedian: null, worst: null });
  });
});
