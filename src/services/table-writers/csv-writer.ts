import type { OnRows } from '../../core/table/row-spans.ts';
import { rowSpans } from '../../core/table/row-spans.ts';
import type { Column, Table } from '../../core/table/table.ts';
import { shortestDecimal } from './shortest-decimal.ts';

/**
 * A table as CSV text, in pieces. Numbers are the shortest decimals that read back to the same value in their own
 * precision; a missing value is an empty cell; a vector column becomes `NAME_1`, `NAME_2`, …; quoting as RFC 4180.
 */
export function* csvChunks(table: Table, onRows?: OnRows): Generator<string> {
  const cells = table.columns.flatMap(cellWriters);
  yield cells.map(({ name }) => quoted(name)).join(',') + '\n';
  for (const { start, end } of rowSpans(table.rowCount, onRows)) {
    let chunk = '';
    for (let row = start; row < end; row++) chunk += cells.map(({ textAt }) => textAt(row)).join(',') + '\n';
    yield chunk;
  }
}

interface CellWriter {
  readonly name: string;
  readonly textAt: (row: number) => string;
}

function cellWriters(column: Column): readonly CellWriter[] {
  const { data, isMissing, repeat } = column;
  return Array.from({ length: repeat }, (_, k) => ({
    name: repeat === 1 ? column.name : `${column.name}_${k + 1}`,
    textAt: (row) => {
      const at = row * repeat + k;
      return isMissing?.[at] === 1 ? '' : cellText(data[at], data instanceof Float32Array);
    },
  }));
}

function cellText(value: string | number | bigint | boolean | undefined, isSingle: boolean): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return quoted(value.trimEnd());
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return '';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  return shortestDecimal(value, isSingle);
}

export function quoted(text: string): string {
  return /[",\r\n]|^\s|\s$|^#/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
