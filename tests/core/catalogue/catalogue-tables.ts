import type { SourceCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import { toSourceCatalogue } from '../../../src/core/catalogue/read-catalogue.ts';
import type { DomainError } from '../../../src/core/result/failure.ts';
import { domainErrorOf } from '../../../src/core/result/failure.ts';
import type { Column, Table } from '../../../src/core/table/table.ts';

/** Small tables for tests, written as `{ RA: [..], 'Maj [deg]': [..] }`: a unit in brackets becomes the column's. */
export function tableOf(columns: Readonly<Record<string, readonly (number | string)[]>>): Table {
  const made: Column[] = Object.entries(columns).map(([title, values]) => {
    const match = /^(\S+)(?: \[(.*)\])?$/.exec(title);
    const [, name = title, unit] = match ?? [];
    const data = values.every((value) => typeof value === 'number')
      ? Float64Array.from(values)
      : values.map((value) => String(value));
    return unit === undefined ? { name, data, repeat: 1 } : { name, data, repeat: 1, unit };
  });
  return { rowCount: Object.values(columns)[0]?.length ?? 0, columns: made };
}

/** A LoTSS table of rows at the given positions; `more` adds or replaces columns. */
export function lotssTable(
  raDeg: readonly number[],
  decDeg: readonly number[],
  more: Readonly<Record<string, readonly (number | string)[]>> = {},
): Table {
  const rows = raDeg.map((_, row) => row);
  const plain = {
    Source_Name: rows.map((row) => `S${row}`),
    'RA [deg]': raDeg,
    'DEC [deg]': decDeg,
    'Maj [arcsec]': rows.map(() => 7),
    'Min [arcsec]': rows.map(() => 6),
    'Total_flux [mJy]': rows.map(() => 1),
    'Peak_flux [beam-1 mJy]': rows.map(() => 1),
    S_Code: rows.map(() => 'S'),
  };
  const replaced = new Set(Object.keys(more).map((title) => title.split(' ')[0]));
  const kept = Object.entries(plain).filter(([title]) => !replaced.has(title.split(' ')[0]));
  return tableOf({ ...Object.fromEntries(kept), ...more });
}

export const lotssCatalogue = (...parameters: Parameters<typeof lotssTable>): SourceCatalogue =>
  toSourceCatalogue(lotssTable(...parameters), 'srl.fits');

/** The error that an action ends with; fails where it ends well or with a bug. */
export function refusalOf(action: () => unknown): DomainError {
  try {
    action();
  } catch (thrown) {
    const error = domainErrorOf(thrown);
    if (error !== undefined) return error;
    throw thrown;
  }
  throw new Error('nothing was refused');
}
