import type { SourceCatalogue } from '../catalogue/catalogue.ts';
import type { CutoutGeometry } from '../cutout/cutout-recipe.ts';
import { annotated } from '../catalogue/column-annotations.ts';
import type { Column, Table } from '../table/table.ts';
import type { Prediction, PredictionStatus } from './prediction.ts';
import type { ColumnNames } from './provenance.ts';

/** What is known of the run that made the predictions, beside the numbers themselves. */
export interface PredictionTableOptions {
  readonly threshold: number;
  readonly isTrained: boolean;
  readonly modelId: string;
  readonly scoreSisg: boolean;
  /** How cutouts were made, where not of the mosaic's own pixels. */
  readonly geometry?: CutoutGeometry | undefined;
  /** For rows that describe the same source as others, these; a column names them where there are any. */
  readonly duplicatesOf?: ReadonlyMap<number, readonly number[]> | undefined;
  /** Name of each mosaic, by the index that predictions carry. */
  readonly mosaicNames: readonly string[];
  /** Names of our columns; Lobate's own where absent. */
  readonly columnNames?: ColumnNames | undefined;
  /** Class of each row by its labels (`MC`, `S`, or another word for neither); undefined where there are no labels. */
  readonly labelClass?: readonly string[] | undefined;
  /** `mc_dl_dataset` of each row, `DATASET_UNKNOWN` where nothing is known; undefined where nobody says. */
  readonly dataset?: Uint8Array | undefined;
}

/** mc_prediction: class S, class MC; 2 (recovered by another row of its source) is written by evaluation only. */
export const PREDICTION_S = 0;
export const PREDICTION_MC = 1;

/** SISG is a rule on the catalogue entry: such a row is class S whatever the network says of it. */
export function predictionCodeOf(prediction: Prediction, threshold: number): number | undefined {
  switch (prediction.status) {
    case 'sisg':
      return PREDICTION_S;
    case 'classified':
      return prediction.probability >= threshold ? PREDICTION_MC : PREDICTION_S;
    default:
      return undefined;
  }
}

/**
 * The catalogue with what Lobate found: one row per catalogue row, in its order, every input column kept, then
 * `mc_probability`, `mc_prediction`, `mc_status`, `sisg`, `valid_fraction`, `mosaic`, and `duplicate_of` where a source has
 * several rows; under the paper's names
 * `multi_component`, `mc_dl_dataset`, `mc_probability_multi` and `mc_prediction_0.5` stand in place of the first two.
 * Rows without a result have an empty prediction. An input column of the same name is kept as `NAME_in`; input columns
 * that are known get the UCD and description that their file leaves out.
 * @param predictions one per catalogue row, in any order; a row without one is written as `unfinished`
 * @returns the table, and the names of the input columns that had to be renamed
 */
export function predictionTable(
  catalogue: SourceCatalogue,
  predictions: Iterable<Prediction>,
  sisg: Uint8Array,
  options: PredictionTableOptions,
): { readonly table: Table; readonly renamed: readonly string[] } {
  const { rowCount } = catalogue;
  const probability = new Float64Array(rowCount).fill(Number.NaN);
  const code = new Int16Array(rowCount);
  const codeMissing = new Uint8Array(rowCount).fill(1);
  const status = new Array<string>(rowCount).fill('unfinished' satisfies PredictionStatus);
  const validFraction = new Float64Array(rowCount).fill(Number.NaN);
  const mosaic = new Array<string>(rowCount).fill('');
  for (const prediction of predictions) {
    const { row } = prediction;
    probability[row] = prediction.probability;
    const predicted = predictionCodeOf(prediction, options.threshold);
    if (predicted !== undefined) {
      code[row] = predicted;
      codeMissing[row] = 0;
    }
    status[row] = prediction.status;
    validFraction[row] = prediction.validFraction;
    mosaic[row] = options.mosaicNames[prediction.mosaic] ?? '';
  }

  const resampled =
    options.geometry === 'angular' ? ' Cutouts of 192 arcsec were resampled to pixels of 1.5 arcsec.' : '';
  const untrained = options.isTrained ? '' : ' UNTRAINED model: not a result.';
  const isPaper = options.columnNames === 'paper';
  const ours: Column[] = [
    ...(isPaper ? labelColumns(rowCount, options) : []),
    {
      name: isPaper ? 'mc_probability_multi' : 'mc_probability',
      data: probability,
      repeat: 1,
      ucd: 'stat.probability;src.class',
      description: `P(MC) by model ${options.modelId} under its balanced training prior, not a calibrated rate.${resampled}${untrained}`,
    },
    {
      name: isPaper ? `mc_prediction_${options.threshold}` : 'mc_prediction',
      data: code,
      repeat: 1,
      isMissing: codeMissing,
      ucd: 'meta.code;src.class',
      description: `1 where P(MC) >= ${options.threshold}, else 0; SISG rows are 0.${untrained}`,
    },
    { name: 'mc_status', data: status, repeat: 1, ucd: 'meta.code', description: 'What became of the row' },
    {
      name: 'sisg',
      data: sisg,
      repeat: 1,
      ucd: 'meta.code',
      description: '1 where small, isolated, single Gaussian',
    },
    {
      name: 'valid_fraction',
      data: validFraction,
      repeat: 1,
      ucd: 'arith.ratio',
      description: 'Finite share of the 256x256 window; empty where the source lies on no mosaic',
    },
    {
      name: 'mosaic',
      data: mosaic,
      repeat: 1,
      ucd: 'meta.id;obs.field',
      description: 'Mosaic the source was cut from',
    },
  ];
  if (options.duplicatesOf !== undefined && options.duplicatesOf.size > 0) {
    ours.push(duplicateColumn(catalogue, options.duplicatesOf));
  }
  if (!options.isTrained) {
    // Neither CSV nor a plotted column carries a description: the mark has to be in the rows.
    const mark = `UNTRAINED ${options.modelId}`;
    ours.push({ name: 'mc_model', data: new Array<string>(rowCount).fill(mark), repeat: 1, ucd: 'meta.note' });
  }
  const taken = new Set(ours.map((column) => column.name.toLowerCase()));
  const renamed: string[] = [];
  const inputs = catalogue.table.columns.map((column) => {
    if (!taken.has(column.name.toLowerCase())) return annotated(column);
    renamed.push(column.name);
    return { ...annotated(column), name: `${column.name}_in` };
  });
  return { table: { rowCount, columns: [...inputs, ...ours] }, renamed };
}

/** A code that says nothing, as in `DATASET_UNKNOWN` of evaluation. */
const LARGEST_DATASET_CODE = 3;

/** Names of the other rows of the same source; where a name alone would not tell, `#` and the row (from 0) follow it. */
function duplicateColumn({ name, rowCount }: SourceCatalogue, others: ReadonlyMap<number, readonly number[]>): Column {
  const data = new Array<string>(rowCount).fill('');
  for (const [row, rows] of others) {
    data[row] = rows
      .map((other) => (name[other] === name[row] ? `${name[other]!} #${other}` : name[other]!))
      .join('; ');
  }
  return {
    name: 'duplicate_of',
    data,
    repeat: 1,
    ucd: 'meta.id.cross',
    description: 'Other rows that describe the same source: of another mosaic, or the row again',
  };
}

/** The paper's two columns about labels; empty where there is none, and where nobody says which rows were trained on. */
function labelColumns(
  rowCount: number,
  { labelClass, dataset }: Pick<PredictionTableOptions, 'labelClass' | 'dataset'>,
): readonly Column[] {
  const codeOf = (row: number): number => dataset?.[row] ?? LARGEST_DATASET_CODE + 1;
  const isKnown = (row: number): boolean => labelClass?.[row] === 'MC' || labelClass?.[row] === 'S';
  return [
    {
      name: 'multi_component',
      data: Int16Array.from({ length: rowCount }, (_, row) => (labelClass?.[row] === 'MC' ? 1 : 0)),
      isMissing: Uint8Array.from({ length: rowCount }, (_, row) => (isKnown(row) ? 0 : 1)),
      repeat: 1,
      ucd: 'meta.code;src.class',
      description: '1 where the labels associate the row with others, 0 where not; empty without a label',
    },
    {
      name: 'mc_dl_dataset',
      data: Int16Array.from({ length: rowCount }, (_, row) => (codeOf(row) <= LARGEST_DATASET_CODE ? codeOf(row) : 0)),
      isMissing: Uint8Array.from({ length: rowCount }, (_, row) => (codeOf(row) <= LARGEST_DATASET_CODE ? 0 : 1)),
      repeat: 1,
      ucd: 'meta.code',
      description: '0 never seen, 1 train, 2 test, 3 validation of the model; empty: not known of this row',
    },
  ];
}
