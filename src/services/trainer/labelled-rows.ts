import { DomainFailure } from '../../core/result/failure.ts';
import type { CandidateRows } from '../../core/training/balanced-set.ts';
import type { JoinReport } from '../../core/catalogue/join-report.ts';
import type { RowLabels } from '../../core/catalogue/labels.ts';
import type { MosaicAssignment } from '../inference/assign-mosaics.ts';
import { assignMosaics } from '../inference/assign-mosaics.ts';
import type { Field } from '../inference/open-field.ts';
import { openField } from '../inference/open-field.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { splitCellOf } from '../../core/training/data-split.ts';
import type { TrainingField } from './training-fields.ts';
import { labelsOf } from './training-fields.ts';

/** A field that is open for reading windows, with where each catalogue row lies. */
export interface OpenTrainingField {
  readonly field: Field;
  readonly assignment: MosaicAssignment;
}

/**
 * Rows of several fields with their class, features and place. Rows that can never be used (artefacts, unlabelled,
 * excluded, outside the mosaic, without features) are not among them; SISG rows are, and are marked.
 */
export interface LabelledRows extends CandidateRows {
  readonly count: number;
  readonly fields: readonly OpenTrainingField[];
  /** Index into `fields`, and the row of its catalogue. */
  readonly field: Int32Array;
  readonly row: Int32Array;
  readonly featureNames: readonly string[];
  /** Features as they are in the recipe, unscaled; row-major. */
  readonly features: Float64Array;
  readonly leftOut: LeftOutRows;
  /** Which rows the labels of each field speak of, and how they were found; none for labels made in the window. */
  readonly joins: readonly JoinReport[];
  close(): Promise<void>;
}

/** Features of some of the rows, unscaled; row-major. */
export function featuresOf({ features, featureNames }: LabelledRows, chosen: readonly number[]): Float64Array {
  const count = featureNames.length;
  const values = new Float64Array(chosen.length * count);
  chosen.forEach((row, index) => values.set(features.subarray(row * count, (row + 1) * count), index * count));
  return values;
}

/** Catalogue rows that no data set can hold, by the first reason that applies. */
export interface LeftOutRows {
  readonly unlabelled: number;
  readonly artefact: number;
  /** Deblended and grouped at once: neither class describes them. */
  readonly ambiguous: number;
  /** A feature cannot be computed. */
  readonly withoutFeatures: number;
  readonly outsideMosaics: number;
}
type LeftOutReason = keyof LeftOutRows;

/**
 * Opens fields and reads the labels of their rows. Sources of different fields are different sources.
 * @throws DomainFailure of the first file that cannot be used; nothing stays open then
 */
export async function openLabelledRows(fields: readonly TrainingField[], recipe: Recipe): Promise<LabelledRows> {
  const open: OpenTrainingField[] = [];
  const found: { field: number; row: number; labels: RowLabels }[] = [];
  const joins: JoinReport[] = [];
  const leftOut = { unlabelled: 0, artefact: 0, ambiguous: 0, withoutFeatures: 0, outsideMosaics: 0 };
  const close = async (): Promise<void> => {
    await Promise.all(open.map(({ field }) => field.close()));
  };
  try {
    for (const { files, labels: source } of fields) {
      const field = await openField(files, recipe.features);
      const opened = { field, assignment: await assignMosaics(field.catalogue, field.mosaics) };
      open.push(opened);
      const labels = await labelsOf(source, field.catalogue.name, field.catalogue);
      if (labels.join !== undefined) joins.push(labels.join);
      const index = open.length - 1;
      for (let row = 0; row < field.catalogue.rowCount; row++) {
        const reason = whyLeftOut(row, opened, labels);
        if (reason === undefined) found.push({ field: index, row, labels });
        else leftOut[reason]++;
      }
    }
    if (found.length === 0) {
      throw new DomainFailure({
        kind: 'training-data-insufficient',
        why: 'no row has a label and a place on a mosaic',
      });
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  const featureNames = open[0]!.field.features.names;
  const features = new Float64Array(found.length * featureNames.length);
  found.forEach(({ field, row }, index) => {
    const { values } = open[field]!.field.features;
    const from = row * featureNames.length;
    features.set(values.subarray(from, from + featureNames.length), index * featureNames.length);
  });
  return {
    count: found.length,
    fields: open,
    field: Int32Array.from(found, ({ field }) => field),
    row: Int32Array.from(found, ({ row }) => row),
    isMc: Uint8Array.from(found, ({ row, labels }) => (labels.labelClass[row] === 'MC' ? 1 : 0)),
    isBlend: Uint8Array.from(found, ({ row, labels }) => labels.isBlend[row]!),
    isSisg: Uint8Array.from(found, ({ field, row }) => open[field]!.field.features.sisg[row]!),
    physicalSource: found.map(({ field, row, labels }) => `${field}/${labels.physicalSource[row]!}`),
    cell: Int32Array.from(found, ({ field, row }) => {
      const { raDeg, decDeg } = open[field]!.field.catalogue;
      return splitCellOf(raDeg[row]!, decDeg[row]!);
    }),
    featureNames,
    features,
    leftOut,
    joins,
    close,
  };
}

function whyLeftOut(
  row: number,
  { field, assignment }: OpenTrainingField,
  labels: RowLabels,
): LeftOutReason | undefined {
  const labelClass = labels.labelClass[row]!;
  if (labelClass === 'unlabelled' || labelClass === 'artefact') return labelClass;
  if (labels.isExcludedFromTraining[row] === 1) return 'ambiguous';
  if (field.features.unusable[row] !== '') return 'withoutFeatures';
  return assignment.mosaic[row]! < 0 ? 'outsideMosaics' : undefined;
}
