import Papa from 'papaparse';
import { parse as parseYaml } from 'yaml';
import { DomainFailure } from '../../core/result/failure.ts';
import { reasonIn } from '../../core/result/message-of.ts';
import type { Column, Table, TableEntry } from '../../core/table/table.ts';
import type { CellValue, ColumnDescription, ValueType } from './column-builder.ts';
import { columnBuilder } from './column-builder.ts';

/** First line of an ECSV file. */
export const ECSV_MARK = /^# ?%ECSV /;

/** A column as the header describes it. */
export interface EcsvColumn extends ColumnDescription {
  readonly datatype: string;
  /** `float64[3]`, `int64[null]`, `json`, where a cell is written as JSON; undefined for plain cells. */
  readonly subtype: string | undefined;
}

export interface EcsvHeader {
  readonly columns: readonly EcsvColumn[];
  readonly delimiter: string;
  /** The table's `meta`, but for what is no plain value; undefined where there is none. */
  readonly entries: readonly TableEntry[] | undefined;
}

/**
 * The text of an ECSV file (astropy's enhanced CSV, version 0.9 and 1.0) as a table, with the header's types, units and
 * descriptions. An empty cell is missing. Array cells become vector columns; other objects stay JSON texts.
 * @param path for messages
 * @throws DomainFailure file-unreadable
 */
export function parseEcsvTable(text: string, path: string): Table {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const bodyAt = lines.findIndex((line) => !line.startsWith('#'));
  const headerLines = lines.slice(0, bodyAt === -1 ? lines.length : bodyAt).map((line) => line.replace(/^# ?/, ''));
  const header = readEcsvHeader(headerLines, path);
  const rows = Papa.parse<string[]>(lines.slice(headerLines.length).join('\n'), {
    delimiter: header.delimiter,
    skipEmptyLines: true,
  }).data;
  const names = rows.shift() ?? [];
  if (names.length !== header.columns.length || header.columns.some(({ name }, index) => name !== names[index])) {
    throw unreadable(path, `its line of names (${names.join(' ').slice(0, 80)}) does not agree with its header`);
  }
  rows.forEach((row, index) => {
    if (row.length === names.length) return;
    throw unreadable(path, `row ${index + 1} has ${row.length} cells, the header has ${names.length}`);
  });
  return {
    rowCount: rows.length,
    columns: header.columns.map((column, index) => columnOf(column, rows, index, path)),
    ...(header.entries === undefined ? {} : { entries: header.entries }),
  };
}

const unreadable = (path: string, why: string, cause?: unknown): DomainFailure =>
  new DomainFailure({ kind: 'file-unreadable', path, why }, { cause });

/**
 * The YAML of an ECSV header, which astropy's Parquet files carry too.
 * @param lines without their `# `
 * @throws DomainFailure file-unreadable
 */
export function readEcsvHeader(lines: readonly string[], path: string): EcsvHeader {
  const yaml = lines.filter((line) => !line.startsWith('%ECSV')).join('\n');
  let header: unknown;
  try {
    // Tags of Python objects are of no use here; an alias that multiplies itself is refused by the parser's limit.
    header = parseYaml(yaml, { logLevel: 'error', maxAliasCount: 100 });
  } catch (thrown) {
    throw unreadable(path, `its ECSV header is no YAML: ${reasonIn(thrown)}`, thrown);
  }
  const described = isRecord(header) ? header['datatype'] : undefined;
  if (!isRecord(header) || !Array.isArray(described)) throw unreadable(path, 'its ECSV header names no columns');
  return {
    columns: described.map((entry: unknown) => ecsvColumn(entry, path)),
    delimiter: header['delimiter'] === ',' ? ',' : ' ',
    entries: entriesOf(header['meta']),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function ecsvColumn(entry: unknown, path: string): EcsvColumn {
  const name = isRecord(entry) ? textOf(entry['name']) : undefined;
  if (!isRecord(entry) || name === undefined) {
    throw unreadable(path, 'its ECSV header has a column without a name');
  }
  return {
    name,
    datatype: textOf(entry['datatype']) ?? 'string',
    subtype: textOf(entry['subtype']),
    unit: unitOf(entry['unit']),
    ucd: ucdOf(entry['meta']),
    description: textOf(entry['description']),
  };
}

function entriesOf(meta: unknown): readonly TableEntry[] | undefined {
  const pairs = metaPairs(meta).flatMap(([name, value]): TableEntry[] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [{ name, value }] : [],
  );
  return pairs.length === 0 ? undefined : pairs;
}

function ucdOf(meta: unknown): string | undefined {
  const ucd = metaPairs(meta).find(([name]) => name === 'ucd' || name === 'UCD');
  return textOf(ucd?.[1]);
}

/** Entries of a `meta`, which astropy writes as an ordered map: a list of one-entry maps. */
function metaPairs(meta: unknown): readonly (readonly [string, unknown])[] {
  if (meta instanceof Map) return [...meta].map(([name, value]) => [String(name), value]);
  const maps = Array.isArray(meta) ? meta.filter(isRecord) : isRecord(meta) ? [meta] : [];
  return maps.flatMap((map) => Object.entries(map));
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

/** A unit is a text, or astropy's `!astropy.units.Unit {unit: deg}`. */
const unitOf = (value: unknown): string | undefined => (isRecord(value) ? textOf(value['unit']) : textOf(value));

const VALUE_TYPES: Readonly<Record<string, ValueType>> = {
  bool: 'boolean',
  int8: 'int16',
  int16: 'int16',
  int32: 'int32',
  int64: 'int64',
  uint8: 'uint8',
  uint16: 'int32',
  uint32: 'int64',
  uint64: 'int64',
  float16: 'float32',
  float32: 'float32',
  float64: 'float64',
  float128: 'float64',
  string: 'text',
};

function columnOf(column: EcsvColumn, rows: readonly string[][], index: number, path: string): Column {
  const arrayType = /^(\w+)\[[\d,null ]*\]$/.exec(column.subtype ?? '')?.[1];
  const type = VALUE_TYPES[arrayType ?? column.datatype] ?? 'text';
  const isArray = arrayType !== undefined && type !== 'text';
  const builder = columnBuilder(isArray || arrayType === undefined ? type : 'text', isArray);
  rows.forEach((row, at) => {
    const cell = row[index]!;
    const values = isArray ? itemsOf(cell, column, at, path) : [cell];
    for (const item of values) {
      const value = item === '' ? undefined : cellValue(item, type);
      if (value === 'broken') throw brokenCell(column, item, at, path);
      builder.push(value);
    }
    builder.endRow();
  });
  return builder.finish(column, path);
}

const brokenCell = (column: EcsvColumn, text: string, row: number, path: string): DomainFailure =>
  unreadable(path, `${column.name} is "${text.slice(0, 40)}" in row ${row + 1}, which is no ${column.datatype}`);

/** The values of a cell that is a JSON array of any depth, in order; null is missing. */
function itemsOf(cell: string, column: EcsvColumn, row: number, path: string): string[] {
  if (cell === '') return [];
  // Digits are kept as written: a 64-bit integer does not survive JSON.parse.
  const items = cell.replace(/[[\]\s]/g, '');
  if (!/^\[.*\]$/s.test(cell.trim())) throw brokenCell(column, cell, row, path);
  return items === '' ? [] : items.split(',').map((item) => (item === 'null' ? '' : item.replace(/^"|"$/g, '')));
}

function cellValue(text: string, type: ValueType): CellValue {
  switch (type) {
    case 'text':
      return text;
    case 'boolean':
      if (/^(?:true|1)$/i.test(text)) return true;
      return /^(?:false|0)$/i.test(text) ? false : 'broken';
    case 'int64':
      return /^[+-]?\d+$/.test(text) ? BigInt.asIntN(64, BigInt(text.replace('+', ''))) : 'broken';
    case 'uint8':
    case 'int16':
    case 'int32':
      return /^[+-]?\d+$/.test(text) ? Number(text) : 'broken';
    default: {
      const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
      if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
      if (/^nan$/i.test(text)) return Number.NaN;
      const value = Number(text);
      return Number.isNaN(value) ? 'broken' : value;
    }
  }
}
