import Papa from 'papaparse';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Column, Table } from '../../core/table/table.ts';

const INTEGER = /^[+-]?(?:0|[1-9]\d*)$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?$/;
const NOT_A_NUMBER = /^[+-]?nan$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const LARGEST_INT32 = 2_147_483_647;

/** Spellings of "no value" beside the empty cell: astropy's masked cell, SQL's, TOPCAT's. */
const MISSING = new Set(['', '--', 'null', 'NULL']);

export interface TextTableOptions {
  /** `blanks`: cells stand between runs of blanks, as in PyBDSF's ASCII lists. Otherwise a delimiter is found. */
  readonly separator?: 'delimiter' | 'blanks';
}

/**
 * The text of a CSV or TSV file as a table. The delimiter is found by itself; lines that begin with `#` before the
 * header are comments, and are searched for the header where the table has none of its own (PyBDSF's CSV). A column is
 * integer, floating-point or boolean where all its cells are, else text, so identifiers as `007` keep their zeros.
 * @param path for messages
 * @throws DomainFailure file-kind-unknown, file-unreadable (a row with too few or too many cells)
 */
export function parseCsvTable(text: string, path: string, options: TextTableOptions = {}): Table {
  if (text.includes('\u0000'))
    throw new DomainFailure({ kind: 'file-kind-unknown', path, wanted: 'a FITS or CSV table' });
  const { comments, body } = splitComments(text.replace(/^\uFEFF/, ''));
  const isBlankSeparated = options.separator === 'blanks';
  const parsed = isBlankSeparated
    ? {
        lines: body
          .split(/\r?\n/)
          .filter((line) => line.trim() !== '')
          .map(cellsBetweenBlanks),
        delimiter: undefined,
      }
    : parseDelimited(body);
  const { lines, delimiter } = parsed;
  const header = headerOf(lines, comments, delimiter);
  if (header === undefined || header.length < 2) {
    throw new DomainFailure({
      kind: 'file-kind-unknown',
      path,
      wanted: 'a table: it has no header line with column names',
    });
  }
  const rows = header.isFirstLine ? lines.slice(1) : lines;
  rows.forEach((row, index) => {
    if (row.length === header.length) return;
    const why = `row ${index + 1} has ${row.length} cells, the header has ${header.length}`;
    throw new DomainFailure({ kind: 'file-unreadable', path, why });
  });
  return {
    rowCount: rows.length,
    columns: header.names.map((name, index) => columnOf(name, rows, index)),
  };
}

function parseDelimited(body: string): { readonly lines: readonly string[][]; readonly delimiter: string } {
  const parsed = Papa.parse<string[]>(body, { skipEmptyLines: true, delimitersToGuess: [',', '\t', ';', '|'] });
  return { lines: parsed.data, delimiter: parsed.meta.delimiter };
}

const cellsBetweenBlanks = (line: string): string[] => line.trim().split(/\s+/);

interface Header {
  readonly names: readonly string[];
  readonly length: number;
  readonly isFirstLine: boolean;
}

function splitComments(text: string): { comments: string[]; body: string } {
  const comments: string[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? text.length : end).trim();
    if (line !== '' && !line.startsWith('#')) break;
    if (line !== '') comments.push(line.replace(/^#+/, '').trim());
    if (end === -1) return { comments, body: '' };
    start = end + 1;
  }
  return { comments, body: text.slice(start) };
}

function headerOf(
  lines: readonly string[][],
  comments: readonly string[],
  delimiter: string | undefined,
): Header | undefined {
  const first = lines[0];
  const isData = first?.some((cell) => DECIMAL.test(cell.trim())) ?? true;
  if (first !== undefined && !isData) {
    return { names: first.map((cell) => cell.trim()), length: first.length, isFirstLine: true };
  }
  const last = comments.at(-1);
  const names =
    last === undefined || delimiter === undefined
      ? last?.split(/\s+/)
      : last.split(delimiter).map((cell) => cell.trim());
  return names === undefined ? undefined : { names, length: names.length, isFirstLine: false };
}

function columnOf(name: string, rows: readonly string[][], index: number): Column {
  const cells = rows.map((row) => row[index]!.trim());
  const isMissing = Uint8Array.from(cells, (cell) => (MISSING.has(cell) ? 1 : 0));
  const known = cells.filter((_, row) => isMissing[row] === 0);
  const missing = known.length < cells.length ? { isMissing } : {};

  if (known.length > 0 && known.every(isInt32)) {
    return {
      name,
      repeat: 1,
      data: Int32Array.from(cells, (cell, row) => (isMissing[row] === 1 ? 0 : Number(cell))),
      ...missing,
    };
  }
  if (known.length > 0 && known.every((cell) => INTEGER.test(cell) && !isUnsafe(cell))) {
    const data = BigInt64Array.from(cells, (cell, row) => (isMissing[row] === 1 ? 0n : BigInt(cell.replace('+', ''))));
    return { name, repeat: 1, data, ...missing };
  }
  const numbers = known.length > 0 && known.every(isNumber) && !known.some(hasLeadingZero);
  // An all-empty column is one of missing numbers: writing it again gives the same file.
  if (numbers || known.length === 0) {
    return {
      name,
      repeat: 1,
      data: Float64Array.from(cells, (cell, row) => (isMissing[row] === 1 ? Number.NaN : toNumber(cell))),
    };
  }
  if (known.every((cell) => /^(?:true|false)$/i.test(cell))) {
    return {
      name,
      repeat: 1,
      data: cells.map((cell, row) => (isMissing[row] === 1 ? undefined : cell.toLowerCase() === 'true')),
    };
  }
  // In a text only the empty cell says "missing": elsewhere `--` or `null` may be somebody's name.
  const isEmpty = Uint8Array.from(cells, (cell) => (cell === '' ? 1 : 0));
  const data = rows.map((row) => row[index]!);
  return isEmpty.includes(1) ? { name, repeat: 1, data, isMissing: isEmpty } : { name, repeat: 1, data };
}

const isInt32 = (cell: string): boolean => INTEGER.test(cell) && Math.abs(Number(cell)) <= LARGEST_INT32;
/** Beyond 64 bits: read as a floating-point number. */
const isUnsafe = (cell: string): boolean =>
  cell.length > 18 && BigInt.asIntN(64, BigInt(cell.replace('+', ''))) !== BigInt(cell.replace('+', ''));
const isNumber = (cell: string): boolean => DECIMAL.test(cell) || NOT_A_NUMBER.test(cell) || INFINITE.test(cell);
const hasLeadingZero = (cell: string): boolean => /^[+-]?0\d/.test(cell);

function toNumber(cell: string): number {
  const infinite = INFINITE.exec(cell);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  return NOT_A_NUMBER.test(cell) ? Number.NaN : Number(cell.replace(/[dD]/, 'e'));
}
