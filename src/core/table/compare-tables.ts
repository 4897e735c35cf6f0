import type { Column, Table } from './table.ts';

/** How two tables differ, for people: one line per difference, the first ones of many. */
export interface TableDifference {
  readonly what: string;
}

type CellValue = string | number | bigint | boolean | undefined;

/** Values of one column that are spelled out. */
const SHOWN_PER_COLUMN = 3;

/**
 * What differs between two tables in columns, rows and values. Values are compared as they are, bit for bit; a missing
 * number equals NaN, a missing text an empty one, and an integer another integer type's (formats widen them).
 */
export function compareTables(expected: Table, actual: Table): readonly TableDifference[] {
  if (expected.rowCount !== actual.rowCount) {
    return [{ what: `${actual.rowCount} rows where the file has ${expected.rowCount}` }];
  }
  const differences: TableDifference[] = [];
  const names = (table: Table): string => table.columns.map(({ name }) => name).join(', ');
  if (names(expected) !== names(actual)) {
    return [{ what: `columns ${names(actual)} where the file has ${names(expected)}` }];
  }
  expected.columns.forEach((column, index) => {
    differences.push(...columnDifferences(column, actual.columns[index]!));
  });
  return differences;
}

function columnDifferences(expected: Column, actual: Column): readonly TableDifference[] {
  const { name, repeat } = expected;
  if (expected.data.length !== actual.data.length) return [{ what: `${name}: other lengths of its arrays` }];
  const shown: TableDifference[] = [];
  let count = 0;
  let largest = 0;
  for (let at = 0; at < expected.data.length; at++) {
    const [was, is] = [valueOf(expected, at), valueOf(actual, at)];
    if (Object.is(was, is) || was === is) continue;
    count++;
    if (typeof was === 'number' && typeof is === 'number') largest = Math.max(largest, Math.abs(was - is));
    if (shown.length < SHOWN_PER_COLUMN) {
      shown.push({
        what: `${name}, row ${Math.floor(at / repeat)}: ${spelled(is)} where the file has ${spelled(was)}`,
      });
    }
  }
  if (count <= SHOWN_PER_COLUMN) return shown;
  const most = largest > 0 ? `, by ${largest.toPrecision(2)} at most` : '';
  return [...shown, { what: `${name}: ${count} values differ${most}` }];
}

const spelled = (value: CellValue): string => (value === undefined ? 'nothing' : String(value));

function valueOf({ data, isMissing }: Column, at: number): CellValue {
  const value = data[at];
  if (isMissing?.[at] === 1 || (typeof value === 'number' && Number.isNaN(value)) || value === '') return undefined;
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  return typeof value === 'string' ? value.trimEnd() : value;
}
