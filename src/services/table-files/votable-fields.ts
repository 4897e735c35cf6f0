import type { ColumnDescription, ValueType } from './column-builder.ts';

/** Datatypes of VOTable 1.4 as their FIELDs spell them. */
export type VotableDatatype =
  | 'boolean'
  | 'bit'
  | 'unsignedByte'
  | 'short'
  | 'int'
  | 'long'
  | 'char'
  | 'unicodeChar'
  | 'float'
  | 'double'
  | 'floatComplex'
  | 'doubleComplex';

interface DatatypeRule {
  readonly type: ValueType;
  /** Bytes of one item in BINARY and BINARY2; bits are packed eight to a byte. */
  readonly itemBytes: number;
  /** Numbers per item: two for complex ones, real part first. */
  readonly numbersPerItem: number;
}

export const DATATYPES: Readonly<Record<VotableDatatype, DatatypeRule>> = {
  boolean: { type: 'boolean', itemBytes: 1, numbersPerItem: 1 },
  bit: { type: 'boolean', itemBytes: 1 / 8, numbersPerItem: 1 },
  unsignedByte: { type: 'uint8', itemBytes: 1, numbersPerItem: 1 },
  short: { type: 'int16', itemBytes: 2, numbersPerItem: 1 },
  int: { type: 'int32', itemBytes: 4, numbersPerItem: 1 },
  long: { type: 'int64', itemBytes: 8, numbersPerItem: 1 },
  char: { type: 'text', itemBytes: 1, numbersPerItem: 1 },
  unicodeChar: { type: 'text', itemBytes: 2, numbersPerItem: 1 },
  float: { type: 'float32', itemBytes: 4, numbersPerItem: 1 },
  double: { type: 'float64', itemBytes: 8, numbersPerItem: 1 },
  floatComplex: { type: 'float32', itemBytes: 4, numbersPerItem: 2 },
  doubleComplex: { type: 'float64', itemBytes: 8, numbersPerItem: 2 },
};

export interface VotableField extends ColumnDescription {
  readonly datatype: VotableDatatype;
  /** Items per cell (complex numbers count once); undefined where every cell says how many it has. */
  readonly itemCount: number | undefined;
  /** Items in one step of a cell's own count: the product of the fixed dimensions of `3x*`, else 1. */
  readonly itemsPerStep: number;
  /** False for a FIELD without `arraysize`. */
  readonly isArray: boolean;
  /** What VALUES calls missing, in text. */
  readonly nullText: string | undefined;
  /** ID of its COOSYS. */
  readonly ref: string | undefined;
}

/** Attributes of a FIELD element as a field, or the word that cannot be understood. */
export function votableField(attributes: Readonly<Record<string, string>>): VotableField | string {
  const datatype = attributes['datatype'] ?? 'char';
  if (!isDatatype(datatype)) return `datatype "${datatype}"`;
  const arraySize = parseArraySize(attributes['arraysize']);
  if (arraySize === undefined) return `arraysize "${attributes['arraysize'] ?? ''}"`;
  return {
    name: attributes['name'] ?? attributes['ID'] ?? '',
    unit: attributes['unit'],
    ucd: attributes['ucd'],
    description: undefined,
    datatype,
    ...arraySize,
    nullText: undefined,
    ref: attributes['ref'],
  };
}

const isDatatype = (text: string): text is VotableDatatype => Object.hasOwn(DATATYPES, text);

function parseArraySize(
  text: string | undefined,
): Pick<VotableField, 'itemCount' | 'itemsPerStep' | 'isArray'> | undefined {
  if (text === undefined || text.trim() === '' || text.trim() === '1') {
    return { itemCount: 1, itemsPerStep: 1, isArray: false };
  }
  const dimensions = text.trim().split('x');
  const last = dimensions.pop()!;
  if (!dimensions.every((size) => /^\d+$/.test(size)) || !/^(?:\d+|\d*\*)$/.test(last)) return undefined;
  const fixed = dimensions.reduce((product, size) => product * Number(size), 1);
  const isVariable = last.endsWith('*');
  const itemCount = isVariable ? undefined : fixed * Number(last);
  return itemCount !== undefined && itemCount > 2 ** 31
    ? undefined
    : { itemCount, itemsPerStep: isVariable ? fixed : 1, isArray: true };
}
