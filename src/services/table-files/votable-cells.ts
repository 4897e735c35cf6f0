import { DomainFailure } from '../../core/result/failure.ts';
import type { CellValue, ColumnBuilder } from './column-builder.ts';
import type { VotableField } from './votable-fields.ts';
import { DATATYPES } from './votable-fields.ts';

/** A column as it is filled. */
export interface VotableColumn {
  readonly field: VotableField;
  readonly builder: ColumnBuilder;
}

/**
 * One TD of a TABLEDATA row. An empty cell is missing, whatever its type.
 * @param rowNumber 1-based, for messages
 * @throws DomainFailure file-unreadable where the text is no value of the field's type
 */
export function pushTextCell({ field, builder }: VotableColumn, text: string, rowNumber: number, path: string): void {
  const { type, numbersPerItem } = DATATYPES[field.datatype];
  if (type === 'text') {
    builder.push(text === '' || text === field.nullText ? undefined : text);
    builder.endRow();
    return;
  }
  const items = field.datatype === 'bit' ? (text.match(/[01]/g) ?? []) : text.trim().split(/[\s,]+/);
  const isEmpty = text.trim() === '';
  const expected = field.itemCount === undefined ? undefined : field.itemCount * numbersPerItem;
  if (isEmpty) {
    for (let k = 0; k < (expected ?? 0); k++) builder.push(undefined);
    builder.endRow();
    return;
  }
  if (expected !== undefined && items.length !== expected) {
    const why = `${field.name} has ${items.length} values in row ${rowNumber} where its FIELD says ${expected}`;
    throw new DomainFailure({ kind: 'file-unreadable', path, why });
  }
  for (const item of items) {
    const value = item === field.nullText ? undefined : itemOf(item, field);
    if (value === 'broken') {
      const why = `${field.name} is "${item.slice(0, 40)}" in row ${rowNumber}, which is no ${field.datatype}`;
      throw new DomainFailure({ kind: 'file-unreadable', path, why });
    }
    builder.push(value);
  }
  builder.endRow();
}

const WHOLE_NUMBER = /^(?:[+-]?\d+|0x[0-9a-f]+)$/i;

function itemOf(text: string, field: VotableField): CellValue {
  switch (DATATYPES[field.datatype].type) {
    case 'boolean':
      if (/^(?:t|true|1)$/i.test(text)) return true;
      if (/^(?:f|false|0)$/i.test(text)) return false;
      return text === '?' ? undefined : 'broken';
    case 'int64':
      return WHOLE_NUMBER.test(text) ? BigInt(text.replace('+', '')) : 'broken';
    case 'uint8':
    case 'int16':
    case 'int32':
      return WHOLE_NUMBER.test(text) ? Number(text) : 'broken';
    default:
      return floatOf(text);
  }
}

function floatOf(text: string): CellValue {
  const infinite = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  if (/^[+-]?nan$/i.test(text)) return Number.NaN;
  const value = Number(text.replace(/[dD]/, 'e'));
  return Number.isNaN(value) ? 'broken' : value;
}

/**
 * The rows of a BINARY or BINARY2 stream, big-endian.
 * @param hasNullFlags BINARY2: every row begins with one bit per field, 1 where the cell is missing
 * @returns number of rows
 * @throws DomainFailure file-unreadable where the last row is cut short
 */
export function readBinaryRows(
  bytes: Uint8Array,
  columns: readonly VotableColumn[],
  hasNullFlags: boolean,
  path: string,
): number {
  const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), at: 0 };
  const flagBytes = hasNullFlags ? Math.ceil(columns.length / 8) : 0;
  let rowCount = 0;
  try {
    while (reader.at < bytes.length) {
      const flagsAt = reader.at;
      reader.at += flagBytes;
      columns.forEach((column, index) => {
        const isNull = hasNullFlags && (reader.view.getUint8(flagsAt + (index >> 3)) & (0x80 >> (index & 7))) !== 0;
        readBinaryCell(reader, column, isNull);
      });
      rowCount++;
    }
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    const why = `its binary rows are cut short in row ${rowCount + 1}`;
    throw new DomainFailure({ kind: 'file-unreadable', path, why }, { cause: thrown });
  }
  return rowCount;
}

interface BinaryReader {
  readonly view: DataView;
  at: number;
}

function readBinaryCell(reader: BinaryReader, { field, builder }: VotableColumn, isNull: boolean): void {
  const { type, itemBytes, numbersPerItem } = DATATYPES[field.datatype];
  let itemCount = field.itemCount;
  if (itemCount === undefined) {
    itemCount = reader.view.getInt32(reader.at) * field.itemsPerStep;
    reader.at += 4;
  }
  const start = reader.at;
  const byteLength = Math.ceil(itemCount * numbersPerItem * itemBytes);
  if (byteLength < 0 || start + byteLength > reader.view.byteLength) throw new RangeError('cut short');
  reader.at += byteLength;
  if (type === 'text') {
    const text = textAt(reader.view, start, byteLength, field);
    builder.push(isNull || text === field.nullText ? undefined : text);
    builder.endRow();
    return;
  }
  for (let k = 0; k < itemCount * numbersPerItem; k++) {
    builder.push(isNull ? undefined : itemAt(reader.view, start, k, field));
  }
  builder.endRow();
}

function textAt(view: DataView, start: number, byteLength: number, field: VotableField): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + start, byteLength);
  const text = new TextDecoder(field.datatype === 'char' ? 'utf-8' : 'utf-16be').decode(bytes);
  const end = text.indexOf('\u0000');
  return end === -1 ? text : text.slice(0, end);
}

function itemAt(view: DataView, start: number, index: number, field: VotableField): CellValue {
  switch (field.datatype) {
    case 'boolean': {
      const letter = String.fromCharCode(view.getUint8(start + index));
      return 'tT1'.includes(letter) ? true : 'fF0'.includes(letter) ? false : undefined;
    }
    case 'bit':
      // A single bit is the first by the standard; astropy writes it as 0x08. The other bits of its byte are padding.
      if (!field.isArray) return view.getUint8(start) !== 0;
      return (view.getUint8(start + (index >> 3)) & (0x80 >> (index & 7))) !== 0;
    case 'unsignedByte':
      return unlessNull(view.getUint8(start + index), field);
    case 'short':
      return unlessNull(view.getInt16(start + 2 * index), field);
    case 'int':
      return unlessNull(view.getInt32(start + 4 * index), field);
    case 'long':
      return unlessNull(view.getBigInt64(start + 8 * index), field);
    case 'float':
    case 'floatComplex':
      return view.getFloat32(start + 4 * index);
    default:
      return view.getFloat64(start + 8 * index);
  }
}

function unlessNull(value: number | bigint, { nullText }: VotableField): CellValue {
  return nullText !== undefined && String(value) === nullText ? undefined : value;
}
