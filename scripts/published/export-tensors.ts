// Command: node scripts/published/export-tensors.ts --out FOLDER --data FOLDERS… --test FOLDERS… [--recipe published-2024]
// Writes what another framework needs to train a network of ours: the tensors of the first epoch as lobate train would
// feed them, those of the validation and test parts, and the seeded weights as ONNX. One .npy file per tensor (float32):
// PART.images [rows, channels, side, side], PART.features [rows, features], PART.is-mc [rows].
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { featureNamesOf } from '../../src/core/features/compute-features.ts';
import { inferenceModel } from '../../src/core/network/inference-graph.ts';
import { initialParameters } from '../../src/core/network/parameters.ts';
import { inputShapeOf, recipeOf } from '../../src/core/network/presets.ts';
import { describeNetwork } from '../../src/core/network/registry.ts';
import { joinChunks } from '../../src/core/network/protobuf-writer.ts';
import { defaultTrainingOf } from '../../src/core/training/training-recipe.ts';
import { npyBytes } from '../../src/services/export/npy.ts';
import type { BatchMaker, Example } from '../../src/services/trainer/batches.ts';
import { batchSource, createBatchMaker } from '../../src/services/trainer/batches.ts';
import { openLabelledRows } from '../../src/services/trainer/labelled-rows.ts';
import { readSkyPatches } from '../../src/services/trainer/sky-patches.ts';
import { testRowsOf } from '../../src/services/trainer/test-scores.ts';
import { findTrainingFields } from '../../src/services/trainer/training-fields.ts';
import { prepareTrainingSet } from '../../src/services/trainer/training-set.ts';

const BATCH = 256;
const quiet = { begin: () => undefined, read: () => undefined };

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    data: { type: 'string', multiple: true },
    test: { type: 'string', multiple: true, default: [] },
    recipe: { type: 'string', default: 'published-2024' },
  },
});
const { out, data, test } = values;
if (out === undefined || data === undefined) throw new Error('give --out and --data');
await mkdir(out, { recursive: true });

const recipe = recipeOf(values.recipe);
const { training } = defaultTrainingOf(recipe.network);
const names = featureNamesOf(recipe.features);
const { channels, sidePix } = inputShapeOf(recipe, names.length);
const imageShape = [channels, sidePix, sidePix];
const network = describeNetwork(recipe.network, inputShapeOf(recipe, names.length), recipe.variant);
await writeFile(
  join(out, 'start.onnx'),
  joinChunks(inferenceModel(network, initialParameters(network, training.seed))),
);

const rows = await openLabelledRows(await findTrainingFields(data), recipe);
const set = await prepareTrainingSet(rows, recipe, training, { needsImages: true, progress: quiet });
await writePart('train', set.trainExamples(1), set.batches);
await writePart('validation', set.validation, set.batches);
await writePart('held-out', set.test, set.batches);
await rows.close();

if (test.length > 0) {
  const testRows = await openLabelledRows(await findTrainingFields(test), recipe);
  const { chosen } = testRowsOf(testRows);
  const patches = await readSkyPatches(
    testRows,
    chosen,
    () => sidePix,
    recipe.cutout,
    () => undefined,
  );
  const seen = chosen.filter((row) => patches.has(row)).map((row) => ({ row, orientation: undefined }));
  await writePart('test', seen, createBatchMaker(batchSource(testRows, patches, recipe, set.moments, true)));
  await testRows.close();
}

/** Written batch by batch: the images of a part are gigabytes. */
async function writePart(part: string, examples: readonly Example[], batches: BatchMaker): Promise<void> {
  const count = examples.length;
  const features = new Float32Array(count * names.length);
  const isMc = new Float32Array(count);
  async function* images(): AsyncGenerator<Uint8Array> {
    yield npyBytes(new Float32Array(0), [count, ...imageShape]);
    for (let from = 0; from < count; from += BATCH) {
      const batch = await batches.batchOf(examples.slice(from, from + BATCH));
      features.set(batch.features, from * names.length);
      isMc.set(batch.isMc, from);
      yield new Uint8Array(batch.images.buffer);
    }
  }
  const path = (tensor: string): string => join(out!, `${part}.${tensor}.npy`);
  await pipeline(Readable.from(images()), createWriteStream(path('images')));
  await writeFile(path('features'), npyBytes(features, [count, names.length]));
  await writeFile(path('is-mc'), npyBytes(isMc, [count]));
  console.log(`${part}: ${count} rows`);
}
