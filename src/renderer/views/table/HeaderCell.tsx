import type { Histogram } from '../../row-order/row-order.ts';
import { useTable } from '../../state/table.ts';
import { significant } from '../../components/format.ts';
import type { TableColumn } from './table-columns.ts';

/** Title of a column, which sorts by it, over the distribution of its numbers. */
export function HeaderCell({
  column,
  histogram,
}: {
  readonly column: TableColumn;
  readonly histogram: Histogram | undefined;
}) {
  const { sortedBy, isDescending, set } = useTable();
  const isSorted = sortedBy === column.id;
  const sort = (): void =>
    // Numbers are looked at from the largest, distances and texts from the smallest.
    set({
      sortedBy: column.id,
      isDescending: isSorted ? !isDescending : (column.isNumber || column.id === 'p') && column.id !== 'nn',
    });
  const range =
    histogram === undefined
      ? ''
      : `\n1st to 99th percentile: ${significant(histogram.low, 3)} to ${significant(histogram.high, 3)}`;
  return (
    <button
      type="button"
      title={`${column.hint}${range}`}
      className={column.isNumber ? 'table__title number' : 'table__title'}
      aria-label={`Sort by ${column.label}`}
      aria-pressed={isSorted}
      onClick={sort}
    >
      <span className="cut">
        {column.label}
        {column.unit !== '' && <span className="table__unit"> {column.unit}</span>}
        {isSorted ? (isDescending ? ' ↓' : ' ↑') : ''}
      </span>
      {histogram !== undefined && <Bars histogram={histogram} />}
    </button>
  );
}

/** All rows pale, the listed ones over them; heights are logarithmic, so that a tail is seen. */
function Bars({ histogram: { all, listed } }: { readonly histogram: Histogram }) {
  const highest = Math.log1p(all.reduce((most, value) => Math.max(most, value), 1));
  const path = (counts: Uint32Array): string =>
    Array.from(counts, (value, bin) =>
      value === 0 ? '' : `M${bin} 10h1v${(-10 * Math.log1p(value)) / highest}h-1z`,
    ).join('');
  return (
    <svg className="table__bars" viewBox={`0 0 ${all.length} 10`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path(all)} opacity={0.35} />
      <path d={path(listed)} />
    </svg>
  );
}
