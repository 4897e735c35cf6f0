/** Catalogue rows, ascending and each once. */
export type RowSet = Uint32Array;

export const NO_ROWS: RowSet = new Uint32Array(0);

/** What new rows do to those that are chosen already. */
export type SetMode = 'replace' | 'add' | 'remove';

/** Combines ascending sets; neither is changed. */
export function combinedRows(present: RowSet, rows: RowSet, mode: SetMode): RowSet {
  if (mode === 'replace') return rows;
  const result = new Uint32Array(present.length + (mode === 'add' ? rows.length : 0));
  let [at, count] = [0, 0];
  for (const row of present) {
    for (; at < rows.length && rows[at]! < row; at++) if (mode === 'add') result[count++] = rows[at]!;
    const isInBoth = rows[at] === row;
    if (isInBoth) at++;
    if (mode === 'add' || !isInBoth) result[count++] = row;
  }
  if (mode === 'add') for (; at < rows.length; at++) result[count++] = rows[at]!;
  return result.slice(0, count);
}

/** 1 for each row of the set. */
export function rowMask(rows: RowSet, rowCount: number): Uint8Array {
  const mask = new Uint8Array(rowCount);
  for (const row of rows) if (row < rowCount) mask[row] = 1;
  return mask;
}
