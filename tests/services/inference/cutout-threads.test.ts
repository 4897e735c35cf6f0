import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import { randomStream } from '../../../src/core/random/philox.ts';
import { recipeOf } from '../../../src/core/network/presets.ts';
import type { Mosaic } from '../../../src/services/fits-files/mosaic.ts';
import { openMosaic } from '../../../src/services/fits-files/mosaic.ts';
import { cutoutThreadCount, openBatchPreparer } from '../../../src/services/inference/cutout-threads.ts';
import type { BatchPlaces, PreparedBatch } from '../../../src/services/inference/prepare-batch.ts';
import type { ClassifiedBatch, ProbabilityPort } from '../../../src/services/inference/classify-field.ts';
import { classifyField } from '../../../src/services/inference/classify-field.ts';
import { openField } from '../../../src/services/inference/open-field.ts';
import { SMALL_FIELD_ROWS, writeSmallField } from '../../engine/small-field.ts';
import { prepareAhead } from '../../../src/services/inference/prepare-batch.ts';
import { rejectionOf } from '../../expect-failure.ts';

const SIDE = 500;
const RECIPE = recipeOf('compact').cutout;
let folder: string;
let mosaics: Mosaic[];

/** Noise with a few bright pixels and a blank corner. */
function writeMosaic(name: string, seed: number): string {
  const random = randomStream(seed);
  const pixels = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
    i % SIDE < 60 && i < 60 * SIDE ? Number.NaN : 1e-4 * random.normal() + (i % 997 === 0 ? 0.01 : 0),
  );
  const path = join(folder, name);
  const numbers = { CRVAL1: 10, CRVAL2: 20, CRPIX1: 250, CRPIX2: 250, CDELT1: -1.5 / 3600, CDELT2: 1.5 / 3600 };
  writeFileSync(
    path,
    fitsImageBytes({
      pixels,
      widthPix: SIDE,
      heightPix: SIDE,
      cards: [
        { keyword: 'CTYPE1', value: 'RA---SIN' },
        { keyword: 'CTYPE2', value: 'DEC--SIN' },
        ...Object.entries(numbers).map(([keyword, value]) => ({ keyword, value })),
      ],
    }),
  );
  return path;
}

/** Batches that go up through the first mosaic, then the second, with one on none between them. */
const BATCHES: readonly BatchPlaces[] = [
  ...Array.from({ length: 7 }, (_, batch) => placesAt(0, batch)),
  placesAt(-1, 0),
  ...Array.from({ length: 5 }, (_, batch) => placesAt(1, batch)),
];

function placesAt(mosaic: number, batch: number): BatchPlaces {
  const at = mosaic < 0 ? Number.NaN : 1;
  return {
    mosaic,
    x: Float64Array.from({ length: 5 }, (_, row) => at * (20 + 110 * row)),
    y: Float64Array.from({ length: 5 }, (_, row) => at * (10 + 70 * batch + row)),
    needsCutout: Uint8Array.from({ length: 5 }, (_, row) => (mosaic >= 0 && row !== 2 ? 1 : 0)),
  };
}

async function preparedWith(threads: number): Promise<PreparedBatch[]> {
  const preparer = openBatchPreparer(mosaics, RECIPE, threads);
  const found: PreparedBatch[] = [];
  try {
    for await (const batch of prepareAhead(preparer, (at) => BATCHES[at], 0, 2 * threads)) found.push(batch);
  } finally {
    await preparer.close();
  }
  return found;
}

/** Comparing megabytes number by number takes seconds; a hash of their bytes does not. */
const digestsOf = (batches: readonly PreparedBatch[]): string[] =>
  batches.map(({ validFraction, cutouts }) => {
    const hash = createHash('sha256').update(validFraction);
    for (const cutout of cutouts) {
      const { channels, ...said } = cutout ?? { channels: new Float32Array(0) };
      hash.update(JSON.stringify(said)).update(channels);
    }
    return hash.digest('hex');
  });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-threads-'));
  mosaics = [await openMosaic(writeMosaic('one.fits', 1)), await openMosaic(writeMosaic('two.fits', 2))];
});
afterAll(async () => {
  for (const mosaic of mosaics) await mosaic.close();
  rmSync(folder, { recursive: true });
});

describe('cutouts made in threads', () => {
  test.each([1, 2, 3, 5])('%i threads give, bit for bit and in order, what is made without any', async (threads) => {
    const alone = await preparedWith(0);
    expect(alone).toHaveLength(BATCHES.length);
    expect(alone.flatMap(({ cutouts }) => cutouts.filter((cutout) => cutout !== undefined))).toHaveLength(4 * 12);
    expect(digestsOf(await preparedWith(threads))).toEqual(digestsOf(alone));
  });

  test('begun at a later batch, the rest is the same', async () => {
    const alone = await preparedWith(0);
    const preparer = openBatchPreparer(mosaics, RECIPE, 2);
    const rest: PreparedBatch[] = [];
    for await (const batch of prepareAhead(preparer, (at) => BATCHES[at], 9, 4)) rest.push(batch);
    await preparer.close();
    expect(digestsOf(rest)).toEqual(digestsOf(alone.slice(9)));
  });

  test('a mosaic that cannot be read is named as it is without threads, when its batch is asked for', async () => {
    const path = writeMosaic('cut.fits', 3);
    const cut = await openMosaic(path);
    truncateSync(path, 100_000);
    const preparer = openBatchPreparer([mosaics[0]!, cut], RECIPE, 2);
    const batches = prepareAhead(preparer, (at) => BATCHES[at], 0, 4);
    for (let batch = 0; batch < 8; batch++) expect((await batches.next()).done).toBe(false);
    const error = await rejectionOf(() => batches.next());
    expect(error).toMatchObject({ kind: expect.stringMatching(/^f/) as string });
    await preparer.close();
    await cut.close();
  });

  test('a field is answered the same, whatever the number of threads', async () => {
    const { features } = recipeOf('compact');
    const field = await openField(writeSmallField(folder), features);
    // A stand-in for the network that any change of a pixel changes.
    const network: ProbabilityPort = {
      probabilities: ({ rowCount, images }) =>
        Promise.resolve(
          Float32Array.from({ length: rowCount }, (_, row) => {
            const size = images.length / rowCount;
            const hash = createHash('sha256').update(images.subarray(row * size, (row + 1) * size));
            return hash.digest().readUInt32LE() / 2 ** 32;
          }),
        ),
    };
    const answers = async (cutoutThreads: number): Promise<ClassifiedBatch[]> => {
      const options = { recipe: recipeOf('compact'), moments: undefined, scoreSisg: true, cutoutThreads };
      const batches: ClassifiedBatch[] = [];
      for await (const batch of classifyField(field, network, options)) batches.push(batch);
      return batches;
    };
    const alone = await answers(0);
    expect(alone.flatMap(({ predictions }) => predictions)).toHaveLength(SMALL_FIELD_ROWS);
    expect(await answers(1)).toEqual(alone);
    expect(await answers(3)).toEqual(alone);
    await field.close();
  });

  test('a field of few batches, or a machine of one core, needs no threads; a large one has no more than 16', () => {
    expect(cutoutThreadCount(7, 8)).toBe(0);
    expect(cutoutThreadCount(1000, 1)).toBe(0);
    expect(cutoutThreadCount(1000, 2)).toBe(2);
    expect(cutoutThreadCount(1000, 64)).toBe(16);
  });
});
