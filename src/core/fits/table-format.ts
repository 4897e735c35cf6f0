import type { FitsStorage } from '../table/table.ts';

export type FormLetter = FitsStorage['form'];

/** TFORM of one binary-table column, understood. */
export interface ColumnFormat {
  readonly letter: FormLetter;
  /** Elements per row as the file counts them: bits for X, characters for A, pairs for C and M. */
  readonly repeat: number;
  readonly descriptor: 'P' | 'Q' | undefined;
  /** Bytes that the column takes in a row: the descriptor's own where there is one. */
  readonly widthBytes: number;
}

/** Bytes of one element; bits are packed and counted apart. */
export const ELEMENT_BYTES: Readonly<Record<FormLetter, number>> = {
  L: 1,
  X: 1,
  B: 1,
  I: 2,
  J: 4,
  K: 8,
  A: 1,
  E: 4,
  D: 8,
  C: 8,
  M: 16,
};

const DESCRIPTOR_BYTES = { P: 8, Q: 16 } as const;

/** Understands `24A`, `D`, `3E`, `1PE(12)` …; undefined for what is no TFORM. */
export function parseTableFormat(form: string): ColumnFormat | undefined {
  const match = /^\s*(\d*)([PQ]?)([LXBIJKAEDCM])/.exec(form.toUpperCase());
  if (match === null) return undefined;
  const repeat = match[1] === '' ? 1 : Number(match[1]);
  const letter = match[3] as FormLetter;
  const descriptor = match[2] === '' ? undefined : (match[2] as 'P' | 'Q');
  return {
    letter,
    repeat,
    descriptor,
    widthBytes: descriptor === undefined ? storedBytes(letter, repeat) : repeat * DESCRIPTOR_BYTES[descriptor],
  };
}

/** Bytes of `count` elements in a row or in the heap. */
export const storedBytes = (letter: FormLetter, count: number): number =>
  letter === 'X' ? Math.ceil(count / 8) : count * ELEMENT_BYTES[letter];

/** Values that `count` elements are in a `Column`: complex numbers are two, a text of any length is one. */
export function valuesPerElement(letter: FormLetter): number {
  return letter === 'C' || letter === 'M' ? 2 : 1;
}
