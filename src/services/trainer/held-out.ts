import type { HeldOutRow } from '../../contract/train-messages.ts';
import { groupNumbers } from '../../core/evaluation/bootstrap.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import { openNetworkSession } from '../inference/onnx-session.ts';
import type { LoadedModel } from '../model-store/load-model.ts';
import type { Example } from './batches.ts';
import { batchSource, createBatchMaker } from './batches.ts';
import type { LabelledRows } from './labelled-rows.ts';
import { openLabelledRows } from './labelled-rows.ts';
import { readSkyPatches } from './sky-patches.ts';
import type { FinishedTraining } from './train-model.ts';
import { probabilitiesIn, probabilitiesOf } from './train-network.ts';
import type { TrainingField } from './training-fields.ts';

/**
 * The test part of a training, which neither weights nor the choice of the epoch have seen: P(MC) of the new model and of
 * the one it is compared with. Rows that the other model cannot see (no features by its recipe) have no number of it.
 */
export async function heldOutRows(
  { rows, set, network, parameters, model }: FinishedTraining,
  fields: readonly TrainingField[],
  compare: LoadedModel | undefined,
): Promise<HeldOutRow[]> {
  const { recipe, featureNames } = model;
  const { probability } = await probabilitiesOf(network, parameters, { recipe, featureNames }, set.batches, set.test);
  const before =
    compare === undefined ? new Map<string, number>() : await probabilitiesByOther(rows, set.test, fields, compare);
  const { group } = groupNumbers(set.test.map(({ row }) => rows.physicalSource[row]!));
  return set.test.map(({ row }, index) => {
    const { catalogue } = rows.fields[rows.field[row]!]!.field;
    const at = rows.row[row]!;
    return {
      field: rows.field[row]!,
      row: at,
      name: catalogue.name[at]!,
      raDeg: catalogue.raDeg[at]!,
      decDeg: catalogue.decDeg[at]!,
      isMc: rows.isMc[row] === 1,
      group: group[index]!,
      before: before.get(keyOf(rows, row)) ?? null,
      now: probability[index]!,
    };
  });
}

const keyOf = (rows: LabelledRows, row: number): string => `${rows.field[row]!}/${rows.row[row]!}`;

/** The other model has a recipe of its own: features and pictures are made again by it. */
async function probabilitiesByOther(
  rows: LabelledRows,
  test: readonly Example[],
  fields: readonly TrainingField[],
  other: LoadedModel,
): Promise<ReadonlyMap<string, number>> {
  const { recipe, featureNames, moments } = other.description;
  const network = describeNetwork(recipe.network, inputShapeOf(recipe, featureNames.length), recipe.variant);
  const wanted = new Set(test.map(({ row }) => keyOf(rows, row)));
  const own = await openLabelledRows(fields, recipe);
  try {
    const chosen = Array.from(own.row.keys()).filter((row) => wanted.has(keyOf(own, row)));
    const needsImages = network.image !== undefined;
    const patches = needsImages
      ? await readSkyPatches(
          own,
          chosen,
          () => recipe.cutout.sidePix,
          recipe.cutout,
          () => undefined,
        )
      : new Map<number, never>();
    const seen = needsImages ? chosen.filter((row) => patches.has(row)) : chosen;
    const session = await openNetworkSession(other);
    const batches = createBatchMaker(batchSource(own, patches, recipe, moments, needsImages));
    const examples = seen.map((row) => ({ row, orientation: undefined }));
    const { probability } = await probabilitiesIn(session, batches, examples).finally(() => session.close());
    return new Map(seen.map((row, index) => [keyOf(own, row), probability[index]!]));
  } finally {
    await own.close();
  }
}
