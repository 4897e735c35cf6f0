import { describe, expect, test } from 'vitest';
import { EXACT_ORIENTATIONS } from '../../../src/core/cutout/augment.ts';
import { makeCutout, placeWindow } from '../../../src/core/cutout/make-cutout.ts';
import type { WindowPlacement } from '../../../src/core/cutout/make-cutout.ts';
import { recipeForNetwork } from '../../../src/core/network/presets.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { batchSource, createBatchMaker } from '../../../src/services/trainer/batches.ts';
import type { LabelledRows } from '../../../src/services/trainer/labelled-rows.ts';
import { readSkyPatches } from '../../../src/services/trainer/sky-patches.ts';

const WIDTH = 500;
const HEIGHT = 700;
const recipe = recipeForNetwork('compact');
const { cutout } = recipe;

/** Noise of 0.1 mJy with a source in the middle; the right third is not observed. */
const random = randomStream(21);
const sky = Float32Array.from({ length: WIDTH * HEIGHT }, (_, index) => {
  const x = index % WIDTH;
  const y = Math.floor(index / WIDTH);
  const source = 5e-3 * Math.exp(-((x - 210) ** 2 + (y - 300) ** 2) / 40);
  return x > 340 ? Number.NaN : 1e-4 * random.normal() + source;
});

const readPixels = ({ x, y, width, height }: WindowPlacement): Promise<Float32Array> =>
  Promise.resolve(
    Float32Array.from({ length: width * height }, (_, index) => {
      const column = x + (index % width);
      const row = y + Math.floor(index / width);
      return column < 0 || row < 0 || column >= WIDTH || row >= HEIGHT ? Number.NaN : sky[row * WIDTH + column]!;
    }),
  );

const positions = [
  { x: 210.2, y: 299.7 },
  { x: 5, y: 5 },
  { x: 495, y: 350 },
];

/** As much of a field as reading patches needs. */
const rows = {
  count: positions.length,
  fields: [
    {
      field: { mosaics: [{ widthPix: WIDTH, heightPix: HEIGHT, readPixels }] },
      assignment: { mosaic: [0, 0, 0], x: positions.map(({ x }) => x), y: positions.map(({ y }) => y) },
    },
  ],
  field: Int32Array.of(0, 0, 0),
  row: Int32Array.of(0, 1, 2),
  isMc: Uint8Array.of(1, 0, 0),
  featureNames: ['one', 'two'],
  features: Float64Array.of(1, 2, 3, 4, 5, 6),
} as unknown as LabelledRows;

const patchesOf = (sidePix: number) =>
  readSkyPatches(
    rows,
    [2, 0, 1],
    () => sidePix,
    cutout,
    () => undefined,
  );

describe('patches of sky kept for training', () => {
  test('a row whose window has no valid pixel is left out', async () => {
    expect([...(await patchesOf(128)).keys()].sort()).toEqual([0, 1]);
  });

  test.each([128, 132, 184])(
    'the picture in a batch is the one that classification sees, from a patch of %i pixels',
    async (sidePix) => {
      const batches = createBatchMaker(batchSource(rows, await patchesOf(sidePix), recipe, undefined, true));
      const { images, features, isMc } = await batches.batchOf([0, 1].map((row) => ({ row, orientation: undefined })));
      for (const row of [0, 1]) {
        const window = await readPixels(placeWindow(positions[row]!, cutout.windowSidePix));
        const expected = makeCutout(window, cutout).channels;
        expect(images.subarray(row * expected.length, (row + 1) * expected.length)).toEqual(expected);
      }
      expect([...features]).toEqual([1, 2, 3, 4]);
      expect([...isMc]).toEqual([1, 0]);
    },
  );

  test('the first exact orientation is the picture itself', async () => {
    const batches = createBatchMaker(batchSource(rows, await patchesOf(132), recipe, undefined, true));
    const [asIs, oriented] = await Promise.all(
      [undefined, EXACT_ORIENTATIONS[0]].map((orientation) => batches.batchOf([{ row: 0, orientation }])),
    );
    expect(oriented!.images).toEqual(asIs!.images);
  });

  test('features are standardised by the moments, and a network without image branch gets no image', async () => {
    const moments = { mean: [1, 0], deviation: [2, 4] };
    const batches = createBatchMaker(batchSource(rows, new Map(), recipe, moments, false));
    const { images, features } = await batches.batchOf([{ row: 2, orientation: undefined }]);
    expect([...features]).toEqual([2, 1.5]);
    expect(images).toHaveLength(0);
  });
});
