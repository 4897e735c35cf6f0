import { DomainFailure } from '../result/failure.ts';
import type { Column, Table } from '../table/table.ts';
import type { ByteSource } from './byte-source.ts';
import type { Hdu } from './hdu.ts';
import { readExactly } from './hdu.ts';
import { latin1Of } from './latin1.ts';

/** The rows are one text, which may not be longer than this. */
const MAXIMUM_BYTES = 1 << 28;

/** Fields may overlap; those that claim a row's characters this many times over are broken. */
const MAXIMUM_OVERLAP = 4;

/** Integers of up to this many characters fit an Int32Array whatever they say. */
const INT32_WIDTH = 9;

/**
 * Reads an ASCII table (FITS standard §7.2). `I` columns become Int32Array, or BigInt64Array where they are wide, real
 * ones Float64Array; a blank or unreadable field is missing, not zero.
 */
export async function readAsciiTable(source: ByteSource, hdu: Hdu, mostRows = Infinity): Promise<Table> {
  const { header } = hdu;
  const rowBytes = hdu.axes[0] ?? 0;
  const rowCount = Math.min(hdu.axes[1] ?? 0, mostRows);
  const invalid = (what: string): DomainFailure =>
    new DomainFailure({ kind: 'fits-header-invalid', path: source.name, what });
  if (rowBytes * rowCount > MAXIMUM_BYTES || (rowBytes === 0 && rowCount > 0)) {
    const what = `an ASCII table of ${rowCount} rows of ${rowBytes} characters`;
    throw new DomainFailure({ kind: 'fits-unsupported', path: source.name, what });
  }
  const text = latin1Of(await readExactly(source, hdu.dataOffset, rowBytes * rowCount));
  const fieldCount = header.number('TFIELDS');
  if (fieldCount === undefined || !Number.isInteger(fieldCount) || fieldCount < 0 || fieldCount > 999) {
    throw invalid(`TFIELDS = ${String(header.value('TFIELDS'))}`);
  }
  let claimed = 0;
  const columns = Array.from({ length: fieldCount }, (_, index): Column => {
    const number = index + 1;
    const form = header.text(`TFORM${number}`) ?? '';
    const start = (header.number(`TBCOL${number}`) ?? 0) - 1;
    const match = /^\s*([AIFED])(\d*)(?:\.(\d+))?/.exec(form.toUpperCase());
    const width = match === null ? 0 : Number(match[2] === '' ? 1 : match[2]);
    if (match === null || !(start >= 0 && start + width <= rowBytes)) {
      throw invalid(`column ${number}: TFORM '${form}', TBCOL ${start + 1}`);
    }
    claimed += Math.max(1, width);
    if (claimed > MAXIMUM_OVERLAP * rowBytes) throw invalid('its columns overlap');
    const fields = Array.from({ length: rowCount }, (_, row) =>
      text.slice(row * rowBytes + start, row * rowBytes + start + width),
    );
    const keyword = (name: string): string | undefined => header.word(`${name}${number}`);
    return {
      name: keyword('TTYPE') ?? `col${number}`,
      unit: keyword('TUNIT'),
      ucd: keyword('TUCD'),
      description: keyword('TCOMM'),
      repeat: 1,
      ...valuesOf(fields, match[1]!, width, Number(match[3] ?? 0), {
        nullText: keyword('TNULL'),
        scale: header.number(`TSCAL${number}`) ?? 1,
        zero: header.number(`TZERO${number}`) ?? 0,
      }),
    };
  });
  return { rowCount, columns, name: hdu.name };
}

interface FieldMeaning {
  readonly nullText: string | undefined;
  readonly scale: number;
  readonly zero: number;
}

type Values = Pick<Column, 'data' | 'isMissing' | 'textWidth'>;

function valuesOf(
  fields: readonly string[],
  letter: string,
  width: number,
  decimals: number,
  { nullText, scale, zero }: FieldMeaning,
): Values {
  if (letter === 'A') return { data: fields.map((field) => field.trimEnd()), textWidth: width };
  const isNull = (field: string): boolean => field.trim() === '' || field.trim() === nullText;
  if (letter === 'I' && scale === 1 && zero === 0) return integersOf(fields, width, isNull);
  const data = Float64Array.from(fields, (field) =>
    isNull(field) ? Number.NaN : realOf(field, letter === 'I' ? 0 : decimals) * scale + zero,
  );
  return { data };
}

function integersOf(fields: readonly string[], width: number, isNull: (field: string) => boolean): Values {
  const isMissing = Uint8Array.from(fields, (field) => (isNull(field) || !/^\s*[+-]?\d+\s*$/.test(field) ? 1 : 0));
  const spelled = fields.map((field, row) => (isMissing[row] === 1 ? '0' : field.trim().replace('+', '')));
  const data = width <= INT32_WIDTH ? Int32Array.from(spelled, Number) : BigInt64Array.from(spelled, BigInt);
  return { data, isMissing: isMissing.includes(1) ? isMissing : undefined };
}

/** A Fortran real: D exponents, exponents without a letter, and an implied decimal point where none is written. */
function realOf(field: string, decimals: number): number {
  const match = /^([+-]?)(\d*)(\.?)(\d*)(?:[EeDd]?([+-]?\d+))?$/.exec(field.replaceAll(' ', ''));
  if (match === null || `${match[2]!}${match[4]!}` === '') return Number.NaN;
  const exponent = Number(match[5] ?? 0) - (match[3] === '' ? decimals : 0);
  return Number(`${match[1]!}${match[2]!}${match[3]!}${match[4]!}e${exponent}`);
}
