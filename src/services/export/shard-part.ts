import { resolve } from 'node:path';
import type { Prediction, PredictionStatus } from '../../core/classification/prediction.ts';
import type { Provenance } from '../../core/classification/provenance.ts';
import { provenanceEntries } from '../../core/classification/provenance.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Table } from '../../core/table/table.ts';
import { findColumn, numbersOf, textsOf } from '../../core/table/table.ts';
import type { FieldFiles } from '../../contract/field-files.ts';
import type { Shard } from '../inference/shard.ts';
import { parseShard, shardText } from '../inference/shard.ts';
import { readTableFile } from '../table-files/read-table-file.ts';
import { recordedProvenance } from './recorded-list.ts';

/** What one task of a divided run has found: its predictions, and everything that the merged list needs to know. */
export interface ShardPart {
  readonly path: string;
  readonly shard: Shard;
  readonly provenance: Provenance;
  /** Where the inputs lie, in the provenance's order; absolute. */
  readonly inputPaths: readonly string[];
  /** Where the model lies that made it; absolute. */
  readonly modelFolder: string;
  readonly predictions: readonly Prediction[];
}

const SHARD = ['lobate_shard', 'LBSHARD', 'Part of the mosaics, of how many'] as const;
const MODEL_FOLDER = ['lobate_model_folder', 'LBMFOLD', 'Model'] as const;
const INPUT_PATH = /^(?:lobate_path_|LBPATH)(\d+)$/;

/** A part as a table of five columns, whose entries say the rest. */
export function partTable(
  predictions: readonly Prediction[],
  provenance: Provenance,
  shard: Shard,
  files: FieldFiles & { readonly labels?: string | undefined; readonly modelFolder: string },
): Table {
  const [modelName, modelKeyword, modelDescription] = MODEL_FOLDER;
  const { mosaics, catalogue, gaussians, lr, labels } = files;
  const paths = [...mosaics, catalogue, gaussians, lr, labels].filter((path) => path !== undefined);
  const [name, keyword, description] = SHARD;
  return {
    rowCount: predictions.length,
    name: 'lobate-part',
    entries: [
      ...provenanceEntries(provenance),
      { name, keyword, value: shardText(shard), description },
      {
        name: modelName,
        keyword: modelKeyword,
        value: resolve(files.modelFolder),
        description: modelDescription,
      },
      ...paths.map((path, index) => ({
        name: `lobate_path_${index + 1}`,
        keyword: `LBPATH${index + 1}`,
        value: resolve(path),
      })),
    ],
    columns: [
      { name: 'row', data: Int32Array.from(predictions, ({ row }) => row), repeat: 1 },
      { name: 'mc_probability', data: Float64Array.from(predictions, ({ probability }) => probability), repeat: 1 },
      { name: 'mc_status', data: predictions.map(({ status }) => status), repeat: 1 },
      { name: 'valid_fraction', data: Float64Array.from(predictions, ({ validFraction }) => validFraction), repeat: 1 },
      { name: 'mosaic', data: Int32Array.from(predictions, ({ mosaic }) => mosaic), repeat: 1 },
    ],
  };
}

/** @throws DomainFailure file-kind-unknown where the file is no part of a divided run, or as reading a table does */
export async function readPart(path: string): Promise<ShardPart> {
  const table = await readTableFile(path);
  const entries = table.entries ?? [];
  const provenance = recordedProvenance(table, path);
  const shard = parseShard(String(entries.find(({ name }) => name === SHARD[0] || name === SHARD[1])?.value));
  const inputPaths = entries.filter(({ name }) => INPUT_PATH.test(name)).map(({ value }) => String(value));
  const modelFolder = entries.find(({ name }) => name === MODEL_FOLDER[0] || name === MODEL_FOLDER[1])?.value;
  const numbers = (name: string): Float64Array | undefined => {
    const column = findColumn(table, name);
    return column === undefined ? undefined : numbersOf(column);
  };
  const row = numbers('row');
  const probability = numbers('mc_probability');
  const validFraction = numbers('valid_fraction');
  const mosaic = numbers('mosaic');
  const statusColumn = findColumn(table, 'mc_status');
  const status = statusColumn === undefined ? undefined : textsOf(statusColumn);
  const isPart =
    shard !== undefined &&
    row &&
    probability &&
    validFraction &&
    mosaic &&
    status &&
    typeof modelFolder === 'string' &&
    inputPaths.length === provenance.inputs.length;
  if (!isPart) {
    throw new DomainFailure({ kind: 'file-kind-unknown', path, wanted: 'a part written by `lobate classify --shard`' });
  }
  const predictions = Array.from(row, (at, index) => ({
    row: at,
    status: status[index] as PredictionStatus,
    probability: probability[index]!,
    validFraction: validFraction[index]!,
    mosaic: mosaic[index]!,
  }));
  return { path, shard, provenance, inputPaths, modelFolder, predictions };
}

/**
 * The predictions of all parts together, each row once, in the catalogue's order.
 * @param rowCount rows of the catalogue
 * @throws DomainFailure argument-invalid where a part is missing, is there twice, or belongs to another run
 */
export function joinParts(parts: readonly ShardPart[], rowCount: number): readonly Prediction[] {
  const refuse = (name: string, why: string): never => {
    throw new DomainFailure({ kind: 'argument-invalid', name, why });
  };
  const [first] = parts;
  if (first === undefined) return refuse('parts', 'give the parts of a run');
  const { count } = first.shard;
  const seen = new Map<number, string>();
  for (const { path, shard, provenance } of parts) {
    const earlier = seen.get(shard.index);
    if (earlier !== undefined) refuse(path, `is part ${shardText(shard)}, and so is ${earlier}`);
    seen.set(shard.index, path);
    if (shard.count !== count || identityOf(provenance) !== identityOf(first.provenance)) {
      refuse(path, `belongs to another run than ${first.path} (other inputs, model, recipe or settings)`);
    }
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !seen.has(index));
  if (missing.length > 0) refuse('parts', `${missing.map((index) => `${index}/${count}`).join(', ')} missing`);

  const joined = new Array<Prediction | undefined>(rowCount).fill(undefined);
  for (const { path, predictions } of parts) {
    for (const prediction of predictions) {
      const { row } = prediction;
      if (!(row >= 0 && row < rowCount) || joined[row] !== undefined)
        refuse(path, `has row ${row} that it cannot have`);
      joined[row] = prediction;
    }
  }
  const open = joined.indexOf(undefined);
  if (open >= 0) refuse('parts', `row ${open} of the catalogue is in none of them`);
  return joined as readonly Prediction[];
}

/** Everything but the time of writing and the machine. */
const identityOf = (provenance: Provenance): string => JSON.stringify({ ...provenance, date: '', device: '' });
