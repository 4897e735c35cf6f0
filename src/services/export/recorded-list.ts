import type { ColumnMap } from '../../core/catalogue/column-map.ts';
import { parseColumnMap } from '../../core/catalogue/column-map.ts';
import type { Provenance } from '../../core/classification/provenance.ts';
import { provenanceOf } from '../../core/classification/provenance.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { parseRowRanges } from '../../core/table/row-ranges.ts';
import type { Table } from '../../core/table/table.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { Field } from '../inference/open-field.ts';
import { recipeSchema } from '../../contract/recipe-schema.ts';
import type { ListLabels } from './list-labels.ts';
import type { ListMaker, ListRequest } from './prediction-list.ts';
import { predictionList } from './prediction-list.ts';

/**
 * What a file of Lobate's says of how it was made, checked.
 * @throws DomainFailure file-kind-unknown where it says nothing or something broken
 */
export function recordedProvenance(table: Table, path: string): Provenance {
  const found = provenanceOf(table.entries ?? []);
  const recipe = recipeSchema.safeParse(found?.recipe);
  if (found === undefined || !recipe.success) {
    throw new DomainFailure({ kind: 'file-kind-unknown', path, wanted: 'a list that says how Lobate made it' });
  }
  return { ...found, recipe: recipe.data };
}

/** The files of a field, given in the order of the provenance's inputs. */
export function recordedFiles(
  { inputs, units, columnMap }: Provenance,
  paths: readonly string[],
): FieldFiles & { readonly labels: string | undefined } {
  const pathsOf = (role: string): readonly string[] => paths.filter((_, index) => inputs[index]!.role === role);
  const map: ColumnMap | undefined = columnMap.length === 0 ? undefined : parseColumnMap(columnMap);
  return {
    mosaics: pathsOf('mosaic'),
    catalogue: pathsOf('catalogue')[0] ?? '',
    gaussians: pathsOf('gaussians')[0],
    lr: pathsOf('lr')[0],
    labels: pathsOf('labels')[0],
    units: units === 'survey' || units === 'pybdsf' ? units : undefined,
    columnMap: map,
  };
}

/** The list that a provenance describes, from its field and its predictions, as this version of the program writes it. */
export function listAsRecorded(
  provenance: Provenance,
  field: Field,
  predictions: readonly Prediction[],
  labels: ListLabels,
  softwareVersion: string,
): Table {
  const { rowCount } = field.catalogue;
  const maker: ListMaker = {
    ...provenance,
    device: provenance.device,
    weightsSha256: provenance.modelSha256,
    softwareVersion,
  };
  const request: ListRequest = {
    threshold: provenance.threshold,
    rows: provenance.rows,
    selectedRows: provenance.selectedRows === undefined ? undefined : parseRowRanges(provenance.selectedRows, rowCount),
    columnNames: provenance.columnNames,
    labels: { ...labels, isByHand: provenance.labelsBy === 'hand' },
  };
  return predictionList(field, predictions, maker, request, provenance.inputs).table;
}
