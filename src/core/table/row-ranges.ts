import { DomainFailure } from '../result/failure.ts';

/** Rows as people and headers write them, 0-based and sorted: `0-4,9`. Empty for no row. */
export function rowRangesOf(rows: Iterable<number>): string {
  const sorted = [...new Set(rows)].sort((a, b) => a - b);
  const ranges: string[] = [];
  for (let at = 0; at < sorted.length;) {
    let end = at;
    while (end + 1 < sorted.length && sorted[end + 1] === sorted[end]! + 1) end++;
    ranges.push(at === end ? String(sorted[at]) : `${sorted[at]}-${sorted[end]}`);
    at = end + 1;
  }
  return ranges.join(',');
}

/**
 * The rows that `rowRangesOf` wrote.
 * @param rowCount rows that there are: every number is below it
 * @throws DomainFailure argument-invalid
 */
export function parseRowRanges(text: string, rowCount: number): readonly number[] {
  const rows = new Set<number>();
  for (const part of text === '' ? [] : text.split(',')) {
    const [, from, to = from] = /^(\d{1,10})(?:-(\d{1,10}))?$/.exec(part.trim()) ?? [];
    const first = Number(from);
    const last = Number(to);
    if (from === undefined || first > last || last >= rowCount) {
      const why = `"${part.slice(0, 40)}" is no row or range of rows from 0 to ${rowCount - 1}, as in 0-4,9`;
      throw new DomainFailure({ kind: 'argument-invalid', name: 'rows', why });
    }
    for (let row = first; row <= last; row++) rows.add(row);
  }
  return [...rows].sort((a, b) => a - b);
}
