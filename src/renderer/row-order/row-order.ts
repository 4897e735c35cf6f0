import type { FilterColumn, FilterColumns } from '../../core/table/filter-rows.ts';
import { filterRows } from '../../core/table/filter-rows.ts';
import { sortRows } from '../../core/table/sort-rows.ts';
import type { FilterProblem } from '../../core/table/filter-syntax.ts';

/** `any` shows all; the others are what can be said of a source at a threshold. */
export type StatusFilter = 'any' | 'flagged' | 'not-flagged' | 'sisg' | 'without-result';

/** What the rows are to be, and in which order. Columns go by the names that were given with them. */
export interface OrderRequest {
  /** A filter expression, or a part of a source's name; '' for all. */
  readonly filter: string;
  readonly status: StatusFilter;
  readonly threshold: number;
  /** '' keeps the order of the catalogue. */
  readonly sortedBy: string;
  readonly isDescending: boolean;
  /** Columns whose distribution is asked for. */
  readonly histograms: readonly string[];
}

export interface OrderAnswer {
  readonly rows: Int32Array;
  /** 1 for the rows that are listed; undefined where all are. */
  readonly mask: Uint8Array | undefined;
  /** What is wrong with the expression; the rows are then those without it. */
  readonly problem: FilterProblem | undefined;
  readonly histograms: Readonly<Record<string, Histogram>>;
}

/** Counts between two values, of all rows and of those that are listed. */
export interface Histogram {
  readonly low: number;
  readonly high: number;
  readonly all: Uint32Array;
  readonly listed: Uint32Array;
}

/** Columns that the order itself needs, beside those of the catalogue. */
export const OWN = { name: 'name', probability: 'mc_probability', sisg: 'sisg' } as const;

const BINS = 32;
/** Values looked at for the ends of a histogram. */
const SAMPLE = 4000;

/** What tells an expression from a part of a name. */
export const isExpression = (text: string): boolean => /[<>=!&|()]/.test(text);

/** Texts as indices into their sorted words: sorting and comparing them is then sorting and comparing numbers. */
export function textColumn(texts: readonly string[]): FilterColumn {
  const words = [...new Set(texts)].sort();
  const codeOf = new Map(words.map((word, code) => [word, code]));
  return { kind: 'text', codes: Int32Array.from(texts, (text) => codeOf.get(text)!), words };
}

/** Rows that pass, in their order. `columns` holds whatever the request names; a column that is absent sorts nothing. */
export function orderRows(columns: FilterColumns, request: OrderRequest): OrderAnswer {
  const { rowCount } = columns;
  const text = request.filter.trim();
  const expression = isExpression(text) ? filterRows(text, columns) : undefined;
  const masks = [
    expression?.ok === true ? expression.mask : undefined,
    expression === undefined && text !== '' ? nameMask(columns, text.toLowerCase()) : undefined,
    statusMask(columns, request.status, request.threshold),
  ].filter((mask) => mask !== undefined);
  const mask = masks.length === 0 ? undefined : masks.reduce(bothOf);
  const listed = rowsOf(rowCount, mask);
  const key = columns.find(request.sortedBy);
  const rows =
    key === undefined
      ? request.isDescending && request.sortedBy === ''
        ? listed.reverse()
        : listed
      : sortRows(listed, keysOf(key), request.isDescending);
  return {
    rows,
    mask,
    problem: expression?.ok === false ? expression.problem : undefined,
    histograms: Object.fromEntries(
      request.histograms.flatMap((name) => {
        const column = columns.find(name);
        return column?.kind === 'number' ? [[name, histogramOf(column.values, mask)] as const] : [];
      }),
    ),
  };
}

/** The rows that a mask lets through, ascending; all where there is none. */
function rowsOf(rowCount: number, mask: Uint8Array | undefined): Int32Array {
  const rows = new Int32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row += 1) {
    rows[count] = row;
    count += mask === undefined ? 1 : mask[row]!;
  }
  return rows.slice(0, count);
}

/** Texts by the place of their words; a missing one ('') comes last, as a missing number does. */
function keysOf(column: FilterColumn): ArrayLike<number> {
  if (column.kind === 'number') return column.values;
  const { codes, words } = column;
  return words[0] === '' ? Float64Array.from(codes, (code) => (code === 0 ? Number.NaN : code)) : codes;
}

function bothOf(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length);
  for (let row = 0; row < both.length; row += 1) both[row] = first[row]! & second[row]!;
  return both;
}

function nameMask(columns: FilterColumns, part: string): Uint8Array {
  const names = columns.find(OWN.name);
  if (names?.kind !== 'text') return new Uint8Array(columns.rowCount).fill(1);
  const fits = names.words.map((word) => word.toLowerCase().includes(part));
  return Uint8Array.from(names.codes, (code) => Number(fits[code]));
}

function statusMask(columns: FilterColumns, status: StatusFilter, threshold: number): Uint8Array | undefined {
  if (status === 'any') return undefined;
  const sisg = columns.find(OWN.sisg);
  const probability = columns.find(OWN.probability);
  const mask = new Uint8Array(columns.rowCount);
  for (let row = 0; row < mask.length; row += 1) {
    const isSisg = sisg?.kind === 'number' && sisg.values[row] === 1;
    const value = isSisg || probability?.kind !== 'number' ? Number.NaN : probability.values[row]!;
    mask[row] = Number(hasStatus(status, isSisg, value, threshold));
  }
  return mask;
}

function hasStatus(status: Exclude<StatusFilter, 'any'>, isSisg: boolean, value: number, threshold: number): boolean {
  switch (status) {
    case 'sisg':
      return isSisg;
    case 'flagged':
      return value >= threshold;
    case 'not-flagged':
      return isSisg || value < threshold;
    case 'without-result':
      return !isSisg && Number.isNaN(value);
  }
}

/** From the first to the 99th percentile of a sample, so that one bright source does not press all others into one bin. */
function histogramOf(values: ArrayLike<number>, mask: Uint8Array | undefined): Histogram {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const sample: number[] = [];
  for (let row = 0; row < values.length; row += step) if (Number.isFinite(values[row])) sample.push(values[row]!);
  sample.sort((a, b) => a - b);
  const low = sample[Math.floor(0.01 * (sample.length - 1))] ?? 0;
  const high = sample[Math.ceil(0.99 * (sample.length - 1))] ?? 1;
  const all = new Uint32Array(BINS);
  const listed = new Uint32Array(BINS);
  const scale = high > low ? BINS / (high - low) : 0;
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row]!;
    if (!(value >= low && value <= high)) continue;
    const bin = Math.min(BINS - 1, Math.floor((value - low) * scale));
    all[bin]! += 1;
    if (mask === undefined || mask[row] === 1) listed[bin]! += 1;
  }
  return { low, high, all, listed };
}
