/** Row numbers under each value, in row order. Empty texts and NaN link nothing and are left out. */
export function rowsByValue<T extends string | number>(values: ArrayLike<T>): ReadonlyMap<T, readonly number[]> {
  const rows = new Map<T, number[]>();
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value === '' || Number.isNaN(value)) continue;
    const list = rows.get(value);
    if (list === undefined) rows.set(value, [row]);
    else list.push(row);
  }
  return rows;
}
