import { DATASET_CODES } from '../../core/evaluation/data-subsets.ts';
import { chooseBalancedSet, partCodesOf } from '../../core/training/balanced-set.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { splitText, trainingSplitOf } from '../model-store/training-split.ts';
import type { LabelledRows } from './labelled-rows.ts';

/**
 * What a training sees of every row of its fields, as the file that is kept with the model. A model that goes on from
 * another has learned from that one's rows too.
 * @param startFolder of the model that was gone on from
 */
export async function splitOf(
  rows: LabelledRows,
  training: TrainingRecipe,
  startFolder: string | undefined,
): Promise<string> {
  const chosen = partCodesOf(chooseBalancedSet(rows, training), rows.count);
  const codesOf = rows.fields.map(({ field }) => new Uint8Array(field.catalogue.rowCount));
  rows.row.forEach((row, index) => (codesOf[rows.field[index]!]![row] = chosen[index]!));
  const all = {
    name: rows.fields.flatMap(({ field }) => field.catalogue.name),
    raDeg: rows.fields.flatMap(({ field }) => [...field.catalogue.raDeg]),
    decDeg: rows.fields.flatMap(({ field }) => [...field.catalogue.decDeg]),
  };
  const now = codesOf.flatMap((codes) => [...codes]);
  const before = startFolder === undefined ? undefined : await trainingSplitOf(startFolder, all);
  return splitText(
    all,
    now.map((code, row) => (hasLearned(before?.[row]) && code !== DATASET_CODES.train ? before![row]! : code)),
  );
}

const hasLearned = (code: number | undefined): boolean =>
  code === DATASET_CODES.train || code === DATASET_CODES.validation;
