import type { OnRows } from '../../core/table/row-spans.ts';
import { rowSpans } from '../../core/table/row-spans.ts';
import type { Column, Table, TableEntry } from '../../core/table/table.ts';
import { shortestDecimal } from './shortest-decimal.ts';

const NAMESPACE = 'http://www.ivoa.net/xml/VOTable/v1.3';

/**
 * A table as VOTable 1.4 with TABLEDATA, in pieces. Numbers are the shortest decimals that read back to the same value
 * in their own precision; a missing value is an empty cell, inside an array the value that VALUES names. Positions are
 * in ICRS, as everything in Lobate.
 */
export function* votableChunks(table: Table, onRows?: OnRows): Generator<string> {
  const fields = table.columns.map(votableFieldOf);
  yield* votableHead(table, fields);
  yield '<DATA><TABLEDATA>\n';
  for (const { start, end } of rowSpans(table.rowCount, onRows)) {
    let chunk = '';
    for (let row = start; row < end; row++) {
      chunk += '<TR>';
      for (const { cellAt } of fields) chunk += `<TD>${cellAt(row)}</TD>`;
      chunk += '</TR>\n';
    }
    yield chunk;
  }
  yield '</TABLEDATA></DATA>\n';
  yield VOTABLE_END;
}

/** A VOTable that has no rows, only what is said of the table and its columns: the header of a VOParquet file. */
export function votableDescription(table: Table): string {
  return [...votableHead(table, table.columns.map(votableFieldOf)), VOTABLE_END].join('');
}

const VOTABLE_END = '</TABLE>\n</RESOURCE>\n</VOTABLE>\n';

function* votableHead(table: Table, fields: readonly VotableFieldText[]): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<VOTABLE version="1.4" xmlns="${NAMESPACE}">\n<RESOURCE>\n`;
  const hasPositions = table.columns.some(isPosition);
  if (hasPositions) yield '<COOSYS ID="icrs" system="ICRS"/>\n';
  yield `<TABLE${attribute('name', table.name)} nrows="${table.rowCount}">\n`;
  if (table.description !== undefined) yield `<DESCRIPTION>${escaped(table.description)}</DESCRIPTION>\n`;
  for (const entry of table.entries ?? []) yield paramOf(entry);
  for (const { element } of fields) yield element;
}

const isPosition = ({ ucd }: Column): boolean => ucd?.startsWith('pos.eq.') === true;

function paramOf({ name, value, description }: TableEntry): string {
  const type =
    typeof value === 'string'
      ? `datatype="${isAscii(value) ? 'char' : 'unicodeChar'}" arraysize="*"`
      : typeof value === 'boolean'
        ? 'datatype="boolean"'
        : 'datatype="double"';
  const inner = description === undefined ? '/>' : `><DESCRIPTION>${escaped(description)}</DESCRIPTION></PARAM>`;
  return `<PARAM${attribute('name', name)} ${type} value="${escaped(String(value))}"${inner}\n`;
}

interface VotableFieldText {
  /** The FIELD element. */
  readonly element: string;
  readonly cellAt: (row: number) => string;
}

function votableFieldOf(column: Column): VotableFieldText {
  const { data, name, unit, ucd, description, repeat, lengths } = column;
  const isText = isTexts(data);
  const isArray = repeat !== 1 || lengths !== undefined;
  const nullValue = isArray ? nullOf(column) : undefined;
  const datatype = datatypeOf(data);
  const arraysize = isText || lengths !== undefined ? '*' : repeat === 1 ? undefined : String(repeat);
  const attributes =
    attribute('name', name) +
    attribute('datatype', datatype) +
    attribute('arraysize', arraysize) +
    attribute('unit', unit) +
    attribute('ucd', ucd) +
    attribute('ref', isPosition(column) ? 'icrs' : undefined);
  const inner =
    (description ? `<DESCRIPTION>${escaped(description)}</DESCRIPTION>` : '') +
    (nullValue === undefined ? '' : `<VALUES null="${nullValue}"/>`);
  const textAt = (at: number): string | undefined =>
    column.isMissing?.[at] === 1 ? undefined : cellText(data[at], data instanceof Float32Array);
  return {
    element: `<FIELD${attributes}${inner === '' ? '/>' : `>${inner}</FIELD>`}\n`,
    cellAt: isArray
      ? (row) =>
          Array.from({ length: lengths?.[row] ?? repeat }, (_, k) => textAt(row * repeat + k) ?? nullValue ?? '?').join(
            ' ',
          )
      : (row) => textAt(row) ?? '',
  };
}

const isTexts = (data: Column['data']): data is readonly string[] =>
  Array.isArray(data) && typeof data.find((value) => value !== undefined) !== 'boolean';

function datatypeOf(data: Column['data']): string {
  if (data instanceof Float64Array) return 'double';
  if (data instanceof Float32Array) return 'float';
  if (data instanceof BigInt64Array) return 'long';
  if (data instanceof Int32Array) return 'int';
  if (data instanceof Int16Array) return 'short';
  if (data instanceof Uint8Array) return 'unsignedByte';
  if (!isTexts(data)) return 'boolean';
  return data.every(isAscii) ? 'char' : 'unicodeChar';
}

// eslint-disable-next-line no-control-regex -- ASCII is what VOTable's `char` holds
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

/** An integer that no value of an array column is, where one of its values is missing. */
function nullOf({ data, isMissing }: Column): string | undefined {
  if (isMissing === undefined || Array.isArray(data) || !isMissing.includes(1)) return undefined;
  const taken = new Set<string>();
  for (let at = 0; at < data.length; at++) if (isMissing[at] === 0) taken.add(String(data[at]));
  let candidate = data instanceof Uint8Array ? 255 : -9999;
  while (taken.has(String(candidate))) candidate--;
  return String(candidate);
}

function cellText(value: string | number | bigint | boolean | undefined, isSingle: boolean): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return escaped(value.trimEnd());
  if (typeof value === 'boolean') return value ? 'T' : 'F';
  if (typeof value === 'bigint') return String(value);
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value < 0 ? '-Inf' : '+Inf';
  return shortestDecimal(value, isSingle);
}

const attribute = (name: string, value: string | undefined): string => (value ? ` ${name}="${escaped(value)}"` : '');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// XML cannot hold control characters at all, nor these two of Unicode.
const NOT_XML = /[\p{Cc}\ufffe\uffff]/gu;

/** Text for XML: line ends as references, what XML cannot hold as U+FFFD. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!)
    .replace(NOT_XML, (character) => (/[\t\n\r]/.test(character) ? `&#${character.charCodeAt(0)};` : '\ufffd'));
}
