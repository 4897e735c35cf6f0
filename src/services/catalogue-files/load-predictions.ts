import { columnReader } from '../../core/catalogue/column-reader.ts';
import type { Positions } from '../../core/catalogue/position-join.ts';
import { DATASET_CODES, DATASET_UNKNOWN } from '../../core/evaluation/data-subsets.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { iltName } from '../../core/sky/ilt-name.ts';
import type { Column, Table } from '../../core/table/table.ts';
import { findColumn, numbersOf, textsOf } from '../../core/table/table.ts';
import { readTableApart } from '../table-files/read-table-apart.ts';

/** Ours, and that of the table which the paper publishes. */
const PROBABILITY_COLUMNS = ['mc_probability', 'mc_probability_multi'];

/** A table of predictions, one entry per row, as `lobate classify` writes it. */
export interface PredictionRows {
  readonly table: Table;
  /** `Source_Name`, or the name that the position gives. */
  readonly name: readonly string[];
  /** Positions of the rows; undefined where the table has none. */
  readonly positions: Positions | undefined;
  readonly probability: Float64Array;
  readonly status: readonly string[];
  readonly isSisg: Uint8Array;
  /** 1 where the row was classified, or is SISG. */
  readonly hasResult: Uint8Array;
  /** `mc_dl_dataset` of each row (0 never seen, 1 train, 2 test, 3 validation); undefined where there is no such column. */
  readonly dataset: Uint8Array | undefined;
  /** `Total_flux` of each row [mJy]; undefined where there is none. */
  readonly totalFluxMjy: Float64Array | undefined;
  /** Whether the file's own `mc_prediction` was made at another threshold. */
  disagreeWith(threshold: number): boolean;
}

/**
 * Reads predictions.
 * @throws DomainFailure table-column-missing (`mc_probability`, or both names and positions), or as `readTableApart`
 */
export async function loadPredictions(path: string): Promise<PredictionRows> {
  const table = await readTableApart(path);
  const probability = PROBABILITY_COLUMNS.map((name) => numbers(table, name)).find((found) => found !== undefined);
  if (probability === undefined)
    throw new DomainFailure({ kind: 'table-column-missing', path, column: 'mc_probability' });
  const sisg = numbers(table, 'sisg');
  const given = texts(table, 'mc_status');
  const status =
    given ??
    Array.from(probability, (value, row) => {
      if (sisg?.[row] === 1) return 'sisg';
      return Number.isNaN(value) ? 'no result' : 'classified';
    });
  const code = codeColumn(table);
  return {
    table,
    name: namesOf(table, path),
    positions: positionsOf(table, path),
    probability,
    status,
    // The status decides: a row may be SISG by its catalogue entry and still be left open (a broken feature).
    isSisg: Uint8Array.from(status, (name) => (name === 'sisg' ? 1 : 0)),
    hasResult: Uint8Array.from(status, (name, row) =>
      name === 'sisg' || (name === 'classified' && !Number.isNaN(probability[row]!)) ? 1 : 0,
    ),
    dataset: datasetCodes(table),
    totalFluxMjy: columnReader(table, path).numbers('totalFlux'),
    disagreeWith: (threshold) =>
      code !== undefined &&
      status.some((name, row) => {
        const wasFlagged = code[row] === 1;
        const isRecovered = code[row] === 2;
        return name === 'classified' && !isRecovered && wasFlagged !== probability[row]! >= threshold;
      }),
  };
}

/** The predictions with `mc_prediction` made anew for some rows; rows without a result keep an empty one. */
export function withPredictionCodes(
  predictions: PredictionRows,
  rows: readonly number[],
  codes: Uint8Array,
  threshold: number,
): Table {
  const { table, status, isSisg, probability, hasResult } = predictions;
  const data = new Int16Array(table.rowCount);
  for (let row = 0; row < table.rowCount; row++) {
    data[row] = isSisg[row] === 0 && status[row] === 'classified' && probability[row]! >= threshold ? 1 : 0;
  }
  rows.forEach((row, index) => {
    data[row] = codes[index]!;
  });
  const old = predictionColumn(table);
  const column: Column = {
    name: old?.name ?? 'mc_prediction',
    data,
    repeat: 1,
    isMissing: hasResult.map((has) => 1 - has),
    ucd: 'meta.code;src.class',
    description: `0 S, 1 MC (mc_probability >= ${threshold}), 2 recovered by another row of its physical source`,
  };
  const columns =
    old === undefined
      ? [...table.columns, column]
      : table.columns.map((existing) => (existing === old ? column : existing));
  return { ...table, columns };
}

/** `mc_dl_dataset` of a table's rows; a missing value says nothing. Undefined where there is no such column. */
export function datasetCodes(table: Table): Uint8Array | undefined {
  const codes = numbers(table, 'mc_dl_dataset');
  const known = Object.values(DATASET_CODES);
  return codes && Uint8Array.from(codes, (code) => (known.includes(code) ? code : DATASET_UNKNOWN));
}

/** Under Lobate's name, or with its threshold as in the paper's table (`mc_prediction_0.5`). */
function predictionColumn(table: Table): Column | undefined {
  return findColumn(table, 'mc_prediction') ?? table.columns.find(({ name }) => /^mc_prediction_[\d.]+$/i.test(name));
}

function codeColumn(table: Table): Float64Array | undefined {
  const column = predictionColumn(table);
  return column === undefined ? undefined : numbersOf(column);
}

function numbers(table: Table, name: string): Float64Array | undefined {
  const column = findColumn(table, name);
  return column === undefined ? undefined : numbersOf(column);
}

function texts(table: Table, name: string): readonly string[] | undefined {
  const column = findColumn(table, name);
  return column === undefined ? undefined : textsOf(column);
}

/** Positions of a table's rows; undefined where it has none. */
export function positionsOf(table: Table, path: string): Positions | undefined {
  const reader = columnReader(table, path);
  const [raDeg, decDeg] = [reader.numbers('ra'), reader.numbers('dec')];
  return raDeg === undefined || decDeg === undefined ? undefined : { raDeg, decDeg };
}

function namesOf(table: Table, path: string): readonly string[] {
  const names = texts(table, 'Source_Name');
  if (names !== undefined) return names;
  const raDeg = numbers(table, 'RA');
  const decDeg = numbers(table, 'DEC');
  if (raDeg === undefined || decDeg === undefined) {
    throw new DomainFailure({ kind: 'table-column-missing', path, column: 'Source_Name' });
  }
  return Array.from(raDeg, (ra, row) => iltName((ra + 360) % 360, decDeg[row]!));
}
