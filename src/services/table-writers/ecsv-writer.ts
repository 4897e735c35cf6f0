import type { OnRows } from '../../core/table/row-spans.ts';
import { rowSpans } from '../../core/table/row-spans.ts';
import type { Column, Table, TableEntry } from '../../core/table/table.ts';
import { quoted } from './csv-writer.ts';
import { shortestDecimal } from './shortest-decimal.ts';

/**
 * A table as ECSV 1.0 (astropy's enhanced CSV) between commas, in pieces: a YAML header with types, units, UCDs,
 * descriptions and entries, then CSV. A missing value is an empty cell; NaN is written as `nan`; an array is JSON.
 */
export function* ecsvChunks(table: Table, onRows?: OnRows): Generator<string> {
  yield ecsvHeaderLines(table)
    .map((line) => `# ${line}\n`)
    .join('');
  yield table.columns.map(({ name }) => quoted(name)).join(',') + '\n';
  const cells = table.columns.map(cellWriter);
  for (const { start, end } of rowSpans(table.rowCount, onRows)) {
    let chunk = '';
    for (let row = start; row < end; row++) chunk += cells.map((cellAt) => cellAt(row)).join(',') + '\n';
    yield chunk;
  }
}

function ecsvHeaderLines(table: Table): readonly string[] {
  const entries = table.entries ?? [];
  return [
    '%ECSV 1.0',
    '---',
    "delimiter: ','",
    'datatype:',
    ...table.columns.map(columnLine),
    ...(entries.length === 0 ? [] : ['meta: !!omap', ...entries.map(entryLine)]),
    'schema: astropy-2.0',
  ];
}

// JSON's texts and numbers are YAML's.
const entryLine = ({ name, value }: TableEntry): string => `- {${JSON.stringify(name)}: ${JSON.stringify(value)}}`;

function columnLine(column: Column): string {
  const { name, unit, ucd, description, repeat, lengths } = column;
  const type = datatypeOf(column);
  const isArray = repeat !== 1 || lengths !== undefined;
  const fields: Record<string, unknown> = {
    name,
    ...(unit ? { unit } : {}),
    datatype: isArray ? 'string' : type,
    ...(isArray ? { subtype: `${type}[${lengths === undefined ? repeat : 'null'}]` } : {}),
    ...(description ? { description } : {}),
    ...(ucd ? { meta: { ucd } } : {}),
  };
  return `- ${flow(fields)}`;
}

/** A map in YAML's flow style, which differs from JSON by its blanks after colons. */
function flow(fields: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(fields).map(([key, value]) => {
    const text = typeof value === 'object' ? flow(value as Readonly<Record<string, unknown>>) : JSON.stringify(value);
    return `${key}: ${text}`;
  });
  return `{${parts.join(', ')}}`;
}

function datatypeOf({ data }: Column): string {
  if (data instanceof Float64Array) return 'float64';
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof BigInt64Array) return 'int64';
  if (data instanceof Int32Array) return 'int32';
  if (data instanceof Int16Array) return 'int16';
  if (data instanceof Uint8Array) return 'uint8';
  const values: readonly (string | boolean | undefined)[] = data;
  return typeof values.find((value) => value !== undefined) === 'boolean' ? 'bool' : 'string';
}

function cellWriter(column: Column): (row: number) => string {
  const { data, isMissing, repeat, lengths } = column;
  const isSingle = data instanceof Float32Array;
  if (repeat === 1 && lengths === undefined) {
    return (row) => (isMissing?.[row] === 1 ? '' : cellText(data[row], isSingle));
  }
  return (row) => {
    const items = Array.from({ length: lengths?.[row] ?? repeat }, (_, k) => {
      const at = row * repeat + k;
      return isMissing?.[at] === 1 ? 'null' : itemText(data[at], isSingle);
    });
    return quoted(`[${items.join(',')}]`);
  };
}

function cellText(value: string | number | bigint | boolean | undefined, isSingle: boolean): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return quoted(value.trimEnd());
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (Number.isNaN(value)) return 'nan';
  // Spelled out: Java, and with it TOPCAT, does not know `inf`.
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  return shortestDecimal(value, isSingle);
}

/** An item of an array, as Python's JSON spells it. */
function itemText(value: string | number | bigint | boolean | undefined, isSingle: boolean): string {
  if (value === undefined) return 'null';
  if (typeof value !== 'number') return typeof value === 'string' ? JSON.stringify(value) : String(value);
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Infinity' : 'Infinity';
  return shortestDecimal(value, isSingle);
}
