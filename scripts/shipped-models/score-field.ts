/**
 * Scores the rows of one test field that are not SISG by every model that is there and by logistic regressions on the same
 * training rows: FOLDER/scores/FIELD.csv. The pixels are read once for all.
 *
 *   node scripts/shipped-models/score-field.ts FOLDER FIELD THREADS
 */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { standardise } from '../../src/core/features/scaling.ts';
import { inputShapeOf } from '../../src/core/network/presets.ts';
import { describeNetwork } from '../../src/core/network/registry.ts';
import { chooseBalancedSet } from '../../src/core/training/balanced-set.ts';
import { fitLogisticRegression, logitsOf } from '../../src/core/training/logistic-regression.ts';
import { writeAtomically } from '../../src/services/fits-files/atomic-write.ts';
import { openNetworkSession } from '../../src/services/inference/onnx-session.ts';
import { loadModel } from '../../src/services/model-store/load-model.ts';
import { batchSource, createBatchMaker } from '../../src/services/trainer/batches.ts';
import type { LabelledRows } from '../../src/services/trainer/labelled-rows.ts';
import { featuresOf, openLabelledRows } from '../../src/services/trainer/labelled-rows.ts';
import type { SkyPatch } from '../../src/services/trainer/sky-patches.ts';
import { readSkyPatches } from '../../src/services/trainer/sky-patches.ts';
import { testRowsOf } from '../../src/services/trainer/test-scores.ts';
import { probabilitiesIn } from '../../src/services/trainer/train-network.ts';
import { findTrainingFields } from '../../src/services/trainer/training-fields.ts';
import { momentsOf } from '../../src/services/trainer/training-set.ts';
import { modelIdOf, REGRESSIONS, SEEDS, settingsOf, TRAININGS, VARIANTS } from './plan.ts';

const [folder, fieldName, threads] = process.argv.slice(2);
if (folder === undefined || fieldName === undefined) throw new Error('Give a folder and a field.');

const testFields = (await findTrainingFields([join(folder, 'test')])).filter(({ name }) => name === fieldName);
const { recipe } = settingsOf(VARIANTS[0]!, SEEDS[0]);
const rows = await openLabelledRows(testFields, recipe);
const { chosen: open } = testRowsOf(rows);
const patches = await readSkyPatches(
  rows,
  open,
  () => recipe.cutout.sidePix,
  recipe.cutout,
  () => undefined,
);
const chosen = open.filter((row) => patches.has(row));

const scores = new Map<string, ArrayLike<number>>();
for (const { modelId } of TRAININGS) {
  const path = join(folder, 'models', modelId);
  if (existsSync(path)) scores.set(modelId, await scoresByModel(path, patches));
}
for (const [name, variant] of Object.entries(REGRESSIONS)) {
  for (const seed of SEEDS) scores.set(modelIdOf(name, seed), await scoresByRegression(variant, seed));
}

const { catalogue } = rows.fields[0]!.field;
const columns = ['Source_Name', 'Parent_Source', 'is_mc', 'is_blend', ...scores.keys()];
const lines = chosen.map((row, index) =>
  [
    catalogue.name[rows.row[row]!]!,
    `${fieldName}/${rows.physicalSource[row]!}`,
    rows.isMc[row]!,
    rows.isBlend[row]!,
    ...Array.from(scores.values(), (score) => score[index]!.toPrecision(7)),
  ].join(),
);
await mkdir(join(folder, 'scores'), { recursive: true });
await writeAtomically(join(folder, 'scores', `${fieldName}.csv`), `${[columns.join(), ...lines].join('\n')}\n`);
await rows.close();

/** The same catalogue rows among those that a recipe with other features gives. */
function inOrder(other: LabelledRows): number[] {
  const indexOf = new Map(Array.from(other.row, (row, index) => [row, index]));
  return chosen.map((row) => indexOf.get(rows.row[row]!)!);
}

async function scoresByModel(path: string, kept: ReadonlyMap<number, SkyPatch>): Promise<Float32Array> {
  const model = await loadModel(path, []);
  const { recipe: own, featureNames, moments } = model.description;
  const network = describeNetwork(own.network, inputShapeOf(own, featureNames.length), own.variant);
  const theirs = await openLabelledRows(testFields, own);
  const wanted = inOrder(theirs);
  const theirPatches = new Map(wanted.map((row, index) => [row, kept.get(chosen[index]!)!]));
  const batches = createBatchMaker(batchSource(theirs, theirPatches, own, moments, network.image !== undefined));
  const session = await openNetworkSession(model, { threads: Number(threads) || undefined });
  const examples = wanted.map((row) => ({ row, orientation: undefined }));
  const { probability } = await probabilitiesIn(session, batches, examples).finally(() => session.close());
  await theirs.close();
  return probability;
}

/** Fitted on what a training of that variant and seed sees: its MC rows as often as there are S rows for each. */
async function scoresByRegression(variantName: string, seed: number): Promise<number[]> {
  const variant = VARIANTS.find(({ name }) => name === variantName)!;
  const settings = settingsOf(variant, seed);
  const train = await openLabelledRows(await findTrainingFields([join(folder!, 'train')]), settings.recipe);
  const { mc, s } = chooseBalancedSet(train, settings.training).train;
  const moments = momentsOf(train, [...mc, ...s], 'asinh-standardise');
  const fitted = [...Array.from({ length: settings.training.augmentationFactor }, () => mc).flat(), ...s];
  const regression = fitLogisticRegression(
    standardise(featuresOf(train, fitted), moments),
    fitted.map((row) => train.isMc[row]!),
    train.featureNames.length,
  );
  await train.close();
  const test = await openLabelledRows(testFields, settings.recipe);
  const values = standardise(featuresOf(test, inOrder(test)), moments);
  await test.close();
  return Array.from(logitsOf(regression, values), (logit) => 1 / (1 + Math.exp(-logit)));
}
