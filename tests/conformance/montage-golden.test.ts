import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CutoutRecipe } from '../../src/core/cutout/cutout-recipe.ts';
import { PUBLISHED_CUTOUT } from '../../src/core/cutout/cutout-recipe.ts';
import { makeCutout } from '../../src/core/cutout/make-cutout.ts';
import { openMosaic } from '../../src/services/fits-files/mosaic.ts';
import { hasRealdata, realdataPath } from '../realdata.ts';

/** Mean level (0..255) of the 128-pixel centre, and how many of its pixels are black and white. */
interface GoldenChannel {
  mean128: number;
  n0: number;
  n255: number;
}
interface GoldenCutout {
  file: string;
  source: string;
  /** Pixel of the source, 0-based. */
  x: number;
  y: number;
  lin1_30: GoldenChannel;
  log1_30: GoldenChannel;
  log1_200: GoldenChannel;
  median_mJy: number;
  sigma_mJy: number;
  n_gt3sigma_128: number;
}

/** Lies beside the real files and not among them: where it is absent these tests skip, also where real files are required. */
const GOLDEN_PATH = realdataPath('..', 'reference', 'montage_stretch_golden.json');
const FOLDER = '08_LoTSS_DR1_cutouts';
const hasGolden = existsSync(GOLDEN_PATH);
if (!hasGolden) console.warn(`skipped: no golden numbers at ${GOLDEN_PATH}`);
const isThere = hasGolden && hasRealdata(FOLDER);
const golden = isThere ? (JSON.parse(readFileSync(GOLDEN_PATH, 'utf8')) as GoldenCutout[]) : [];

const CHANNELS = [
  { name: 'lin1_30', channel: { stretch: 'linear', lowSigma: 1, highSigma: 30 } },
  { name: 'log1_30', channel: { stretch: 'log', lowSigma: 1, highSigma: 30 } },
  { name: 'log1_200', channel: { stretch: 'log', lowSigma: 1, highSigma: 200 } },
] as const;
const recipe: CutoutRecipe = {
  ...PUBLISHED_CUTOUT,
  quantisation: 'uint8',
  channels: [...CHANNELS.map(({ channel }) => channel), { stretch: 'cut', lowSigma: 3, highSigma: 3 }],
};

describe.skipIf(!isThere)('real DR1 cutouts as a port of mViewer gives them', () => {
  test.for(golden)('$file, $source', async (expected, { skip }) => {
    // The second piece of sky was not kept with the others.
    if (!existsSync(realdataPath(FOLDER, expected.file))) skip(`no ${expected.file} in ${FOLDER}`);
    const mosaic = await openMosaic(realdataPath(FOLDER, expected.file));
    try {
      const window = await mosaic.readPixels({ x: expected.x - 128, y: expected.y - 128, width: 256, height: 256 });
      const { channels, centre, sigma } = makeCutout(window, recipe);
      // The port finds percentiles in Montage's histogram of 200,000 bins: 1e-4 σ, as Montage itself.
      expect(Math.abs(1000 * centre - expected.median_mJy)).toBeLessThan(1e-4 * expected.sigma_mJy);
      expect(Math.abs(1000 * sigma - expected.sigma_mJy)).toBeLessThan(1e-4 * expected.sigma_mJy);
      const plane = (index: number): number[] =>
        Array.from(channels.subarray(index * 128 * 128, (index + 1) * 128 * 128), (value) => Math.round(value * 255));
      CHANNELS.forEach(({ name }, index) => {
        const levels = plane(index);
        const { mean128, n0, n255 } = expected[name];
        // 1e-4 σ is at most 0.008 levels, in the few hundred pixels that are not black.
        expect(Math.abs(levels.reduce((sum, level) => sum + level, 0) / levels.length - mean128)).toBeLessThan(2e-3);
        expect(levels.filter((level) => level === 0)).toHaveLength(n0);
        expect(levels.filter((level) => level === 255)).toHaveLength(n255);
      });
      expect(plane(CHANNELS.length).filter((level) => level === 255)).toHaveLength(expected.n_gt3sigma_128);
    } finally {
      await mosaic.close();
    }
  });
});
