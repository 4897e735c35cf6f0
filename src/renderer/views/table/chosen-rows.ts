/** The rows from where the reader was to where he is, added to those chosen before. */
export function chosenBetween(
  rows: Int32Array,
  from: number | undefined,
  to: number,
  before: ReadonlySet<number>,
): ReadonlySet<number> {
  const end = rows.indexOf(to);
  const start = from === undefined ? end : rows.indexOf(from);
  if (start < 0) return new Set([...before, to]);
  return new Set([...before, ...rows.subarray(Math.min(start, end), Math.max(start, end) + 1)]);
}

/** The row taken in or out. The selected row is the first of those that are chosen one by one. */
export function toggledRow(
  chosen: ReadonlySet<number>,
  row: number,
  selected: number | undefined,
): ReadonlySet<number> {
  const next = new Set(chosen);
  if (next.size === 0 && selected !== undefined && selected !== row) next.add(selected);
  if (!next.delete(row)) next.add(row);
  return next;
}
