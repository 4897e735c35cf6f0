import { expect, test } from 'vitest';
import { EXACT_ORIENTATIONS, exactPatchSidePix } from '../../../src/core/cutout/augment.ts';
import { PUBLISHED_CUTOUT } from '../../../src/core/cutout/cutout-recipe.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { batchesAhead, openBatchLoader } from '../../../src/services/trainer/batch-loader.ts';
import type { BatchSource, Example } from '../../../src/services/trainer/batches.ts';
import { createBatchMaker } from '../../../src/services/trainer/batches.ts';
import type { SkyPatch } from '../../../src/services/trainer/sky-patches.ts';

const ROWS = 6;
const sidePix = exactPatchSidePix(PUBLISHED_CUTOUT.sidePix);

function drawnSource(): BatchSource {
  const random = randomStream(11);
  const patchOf = (): SkyPatch => {
    const pixels = new Float32Array(new SharedArrayBuffer(sidePix * sidePix * 4));
    pixels.forEach((_, index) => (pixels[index] = random.uniform() < 0.01 ? Number.NaN : 3 * random.normal()));
    return { pixels, sidePix, noise: { centre: 0, sigma: 1 }, isBlank: false };
  };
  return {
    features: Float64Array.from({ length: ROWS * 2 }, () => random.normal()),
    featureCount: 2,
    isMc: Uint8Array.of(1, 0, 1, 0, 1, 0),
    patches: new Map(Array.from({ length: ROWS }, (_, row) => [row, patchOf()])),
    cutout: PUBLISHED_CUTOUT,
    moments: { mean: [0.1, 0], deviation: [2, 1], of: 'asinh' },
    needsImages: true,
  };
}

const lists: readonly (readonly Example[])[] = [
  [0, 1, 2].map((row) => ({ row, orientation: undefined })),
  [3, 4].map((row) => ({ row, orientation: EXACT_ORIENTATIONS[5] })),
  [{ row: 5, orientation: { angleRad: Math.PI, isMirrored: true } }],
  [{ row: 2, orientation: undefined, isWithoutFeatures: true }],
];

test.each([1, 2])('batches on %i cores are, bit for bit and in order, those made on the spot', async (cores) => {
  const source = drawnSource();
  const maker = createBatchMaker(source);
  const loader = openBatchLoader(source, cores);
  let seen = 0;
  for await (const batch of batchesAhead(loader, lists)) expect(batch).toEqual(await maker.batchOf(lists[seen++]!));
  expect(seen).toBe(lists.length);
  await loader.close();
});

test('a batch that cannot be made is told to the one who asked for it, and the next is made', async () => {
  const loader = openBatchLoader(drawnSource(), 2);
  await expect(loader.batchOf([{ row: 99, orientation: undefined }])).rejects.toThrow();
  expect((await loader.batchOf(lists[0]!)).rowCount).toBe(3);
  await loader.close();
});

test('a loader that was closed refuses instead of waiting for ever', async () => {
  const loader = openBatchLoader(drawnSource(), 2);
  await loader.close();
  await expect(loader.batchOf(lists[0]!)).rejects.toThrow(/ended/);
});

test('a row whose features are withheld has each at its mean, 0 as the network takes it, and the picture it always has', async () => {
  const maker = createBatchMaker(drawnSource());
  const whole = await maker.batchOf([{ row: 2, orientation: undefined }]);
  const withheld = await maker.batchOf([{ row: 2, orientation: undefined, isWithoutFeatures: true }]);
  expect(whole.features.every((value) => value !== 0)).toBe(true);
  expect([...withheld.features]).toEqual([0, 0]);
  expect(withheld.images).toEqual(whole.images);
  expect(withheld.isMc).toEqual(whole.isMc);
});
