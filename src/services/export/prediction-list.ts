import { columnMapPairs } from '../../core/catalogue/column-map.ts';
import { predictionCodeOf, PREDICTION_MC, predictionTable } from '../../core/classification/prediction-columns.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import type { ColumnNames, InputFile, Provenance, RowChoice } from '../../core/classification/provenance.ts';
import { provenanceEntries } from '../../core/classification/provenance.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { rowRangesOf } from '../../core/table/row-ranges.ts';
import { selectRows } from '../../core/table/select-rows.ts';
import type { Table } from '../../core/table/table.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { Field } from '../inference/open-field.ts';
import type { ListLabels } from './list-labels.ts';
import { writingDate } from './writing-date.ts';

/** What made the predictions. */
export interface ListMaker {
  readonly modelId: string;
  readonly weightsSha256: string;
  readonly isTrained: boolean;
  /** NaN where the model is no longer there to tell. */
  readonly seed: number;
  readonly recipe: Recipe;
  readonly scoreSisg: boolean;
  readonly softwareVersion: string;
  /** What ran the network, in words; undefined where it was not recorded. */
  readonly device: string | undefined;
}

export interface ListRequest {
  readonly threshold: number;
  readonly rows: RowChoice;
  /** The rows of a selection, 0-based. */
  readonly selectedRows?: readonly number[] | undefined;
  readonly columnNames: ColumnNames;
  readonly labels?: ListLabels | undefined;
}

export interface PredictionList {
  readonly table: Table;
  /** Input columns that had to be renamed. */
  readonly renamed: readonly string[];
}

/** The list that leaves Lobate: the chosen rows in the catalogue's order, every column, and how it was made. */
export function predictionList(
  field: Pick<Field, 'catalogue' | 'features' | 'mosaicNames' | 'files' | 'duplicatesOf'>,
  predictions: readonly Prediction[],
  maker: ListMaker,
  request: ListRequest,
  inputs: readonly InputFile[],
): PredictionList {
  const { threshold, columnNames, labels } = request;
  const { table, renamed } = predictionTable(field.catalogue, predictions, field.features.sisg, {
    threshold,
    isTrained: maker.isTrained,
    modelId: maker.modelId,
    scoreSisg: maker.scoreSisg,
    geometry: maker.recipe.cutout.geometry,
    mosaicNames: field.mosaicNames,
    duplicatesOf: field.duplicatesOf,
    columnNames,
    labelClass: labels?.labelClass,
    dataset: labels?.dataset,
  });
  const provenance = provenanceFor(field.files, maker, request, inputs);
  const chosen = chosenRows(predictions, request);
  const whole = { ...table, name: 'lobate', entries: provenanceEntries(provenance) };
  return { table: chosen === undefined ? whole : selectRows(whole, (row) => chosen.has(row)), renamed };
}

/** What a list of this kind says of itself. */
export function provenanceFor(
  files: Pick<FieldFiles, 'units' | 'columnMap'>,
  maker: ListMaker,
  { threshold, rows, selectedRows, columnNames, labels }: ListRequest,
  inputs: readonly InputFile[],
): Provenance {
  return {
    software: `Lobate ${maker.softwareVersion}`,
    date: writingDate(),
    modelId: maker.modelId,
    modelSha256: maker.weightsSha256,
    isTrained: maker.isTrained,
    seed: maker.seed,
    recipe: maker.recipe,
    threshold,
    scoreSisg: maker.scoreSisg,
    device: maker.device,
    rows,
    selectedRows: rows === 'selection' ? rowRangesOf(selectedRows ?? []) : undefined,
    columnNames,
    labelsBy: labels?.isByHand === true ? 'hand' : undefined,
    units: files.units,
    columnMap: columnMapPairs(files.columnMap ?? {}),
    inputs,
  };
}

/** Undefined for all of them. */
export function chosenRows(
  predictions: readonly Prediction[],
  { rows, selectedRows, threshold }: Pick<ListRequest, 'rows' | 'selectedRows' | 'threshold'>,
): ReadonlySet<number> | undefined {
  switch (rows) {
    case 'all':
      return undefined;
    case 'selection':
      return new Set(selectedRows);
    case 'flagged':
      return new Set(
        predictions
          .filter((prediction) => predictionCodeOf(prediction, threshold) === PREDICTION_MC)
          .map(({ row }) => row),
      );
  }
}
