/** Rows from the first to before the last, 0-based. */
export interface RowSpan {
  readonly start: number;
  readonly end: number;
}

/** Told how many of a table's rows are done. */
export type OnRows = (rowsDone: number) => void;

/** Rows in each piece of a table: some megabytes of a wide catalogue, made in some hundredths of a second. */
export const ROWS_PER_PIECE = 4096;

/**
 * The rows of a table a span at a time: for work that is not to be done in one piece.
 * @param onRows told of a span when the next one is asked for
 */
export function* rowSpans(rowCount: number, onRows?: OnRows, rowsEach = ROWS_PER_PIECE): Generator<RowSpan> {
  for (let start = 0; start < rowCount; start += rowsEach) {
    const end = Math.min(rowCount, start + rowsEach);
    yield { start, end };
    onRows?.(end);
  }
}
