import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import { mostSeen } from '../../core/evaluation/data-subsets.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { separationArcsec } from '../../core/sky/separation.ts';

/** Beside the weights: what the training saw of every row of its fields. */
export const SPLIT_FILE = 'split.csv';
const COLUMNS = ['Source_Name', 'RA', 'DEC', 'mc_dl_dataset'];

/** Rows by name and place, as a catalogue has them. */
export interface NamedRows {
  readonly name: readonly string[];
  readonly raDeg: ArrayLike<number>;
  readonly decDeg: ArrayLike<number>;
}

/**
 * Two catalogues may call different sources `12`: a row is the one that was trained on only where it also lies there.
 * A third of LoTSS' beam; positions are written to 0.04″.
 */
const SAME_PLACE_ARCSEC = 2;

/**
 * The file of a split: name, position and `mc_dl_dataset` of each row.
 * @param code per row, as in `DATASET_CODES`
 */
export function splitText({ name, raDeg, decDeg }: NamedRows, code: ArrayLike<number>): string {
  const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = name.map((text, row) =>
    [quoted(text), raDeg[row]!.toFixed(5), decDeg[row]!.toFixed(5), code[row]!].join(','),
  );
  return [COLUMNS.join(), ...lines, ''].join('\n');
}

/** Whether a model says what its training saw, without reading it. */
export const hasTrainingSplit = (folder: string): Promise<boolean> =>
  access(join(folder, SPLIT_FILE)).then(
    () => true,
    () => false,
  );

/**
 * What the training of a model saw of each row of a catalogue.
 * @param folder of the model
 * @returns codes as in `DATASET_CODES`, `DATASET_UNKNOWN` for rows that were in none of its fields; undefined for a model
 * that does not say
 * @throws DomainFailure file-unreadable where its file is broken
 */
export async function trainingSplitOf(folder: string, rows: NamedRows): Promise<Uint8Array | undefined> {
  const path = join(folder, SPLIT_FILE);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { data, meta } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  if (meta.fields?.join() !== COLUMNS.join()) {
    throw new DomainFailure({ kind: 'file-unreadable', path, why: `its columns are not ${COLUMNS.join(', ')}` });
  }
  const seen = new Map<string, SplitRow[]>();
  for (const { Source_Name: name = '', RA, DEC, mc_dl_dataset: code } of data) {
    const row = { raDeg: Number(RA), decDeg: Number(DEC), code: Number(code) };
    const others = seen.get(name);
    if (others === undefined) seen.set(name, [row]);
    else others.push(row);
  }
  return Uint8Array.from(rows.name, (name, row) => {
    const here = (seen.get(name) ?? []).filter(
      ({ raDeg, decDeg }) => separationArcsec(raDeg, decDeg, rows.raDeg[row]!, rows.decDeg[row]!) <= SAME_PLACE_ARCSEC,
    );
    return mostSeen(here.map(({ code }) => code));
  });
}

interface SplitRow {
  readonly raDeg: number;
  readonly decDeg: number;
  readonly code: number;
}
