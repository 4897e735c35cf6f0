import type { StretchedWindow } from '../../core/cutout/make-cutout.ts';
import { stretchWindow } from '../../core/cutout/make-cutout.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { MosaicAssignment } from '../inference/assign-mosaics.ts';
import { assignMosaics } from '../inference/assign-mosaics.ts';
import type { ExplainingSession } from '../inference/explaining-session.ts';
import { openExplainingSession } from '../inference/explaining-session.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { Field } from '../inference/open-field.ts';
import { openField } from '../inference/open-field.ts';
import { readSourceWindow } from '../inference/source-window.ts';
import type { LoadedModel } from '../model-store/load-model.ts';
import { loadModel } from '../model-store/load-model.ts';

/** A field and the model whose numbers are to be explained, both open. */
export interface ExplainedField {
  readonly field: Field;
  readonly assignment: MosaicAssignment;
  readonly model: LoadedModel;
  /** Of the run, which may cut its windows otherwise than the model's own recipe. */
  readonly recipe: Recipe;
  readonly session: ExplainingSession;
  close(): Promise<void>;
}

/** @throws DomainFailure of the files and of the model; nothing stays open then */
export async function openExplainedField(
  files: FieldFiles,
  modelFolder: string,
  recipe?: Recipe,
): Promise<ExplainedField> {
  const model = await loadModel(modelFolder, []);
  const used = recipe ?? model.description.recipe;
  const field = await openField(files, used.features);
  try {
    const session = await openExplainingSession(model);
    return {
      field,
      assignment: await assignMosaics(field.catalogue, field.mosaics),
      model,
      recipe: used,
      session,
      close: async () => {
        await session.close();
        await field.close();
      },
    };
  } catch (thrown) {
    await field.close();
    throw thrown;
  }
}

/** Rows that the network can be asked about: on a mosaic, with all features, not SISG. */
export function explainableRows({ field, assignment }: ExplainedField): readonly number[] {
  const { features } = field;
  return [...assignment.mosaic.keys()].filter(
    (row) => assignment.mosaic[row]! >= 0 && features.unusable[row] === '' && features.sisg[row] === 0,
  );
}

/**
 * The stretched window of a row, centred on its pixel or `shift` pixels beside it.
 * @throws DomainFailure `argument-invalid` where there is no such row, or nothing that a network could see of it
 */
export async function pictureOf(
  { field, assignment, recipe }: ExplainedField,
  row: number,
  shift = { x: 0, y: 0 },
): Promise<StretchedWindow> {
  const refuse = (why: string): never => {
    throw new DomainFailure({ kind: 'argument-invalid', name: `row ${row}`, why });
  };
  const { catalogue, features, mosaics } = field;
  if (row >= catalogue.rowCount) refuse(`the catalogue has rows 0 to ${catalogue.rowCount - 1}`);
  const unusable = features.unusable[row]!;
  if (unusable !== '') refuse(`the network cannot be asked about it, since its ${unusable} is missing`);
  const mosaic = mosaics[assignment.mosaic[row]!];
  if (mosaic === undefined) return refuse('it lies on none of the mosaics');
  const position = { x: assignment.x[row]! + shift.x, y: assignment.y[row]! + shift.y };
  const stretched = stretchWindow(
    await readSourceWindow((placement) => mosaic.readPixels(placement), mosaic.wcs, position, recipe.cutout),
    recipe.cutout,
  );
  if (stretched.blank === 'no-valid-pixels') refuse('its cutout has no valid pixels');
  return stretched;
}
