import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import { NO_RESULT_YET } from '../../state/predictions.ts';

export type SortKey = 'row' | 'name' | 'probability' | 'flux' | 'maj' | 'nearest' | 'status' | 'label';

export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** `any` shows all; the others are what can be said of a source at a threshold. */
export type StatusFilter = 'any' | 'flagged' | 'not-flagged' | 'sisg' | 'without-result';

export interface RowFilter {
  readonly text: string;
  readonly status: StatusFilter;
}

/** What the status column says of a row, in words. */
export function statusText(
  sources: SourceColumns,
  predictions: PredictionColumns | undefined,
  row: number,
  threshold: number,
): string {
  if (sources.sisg[row] === 1) return 'SISG → S';
  const status = predictions?.status[row] ?? NO_RESULT_YET;
  if (status === NO_RESULT_YET) return 'waiting';
  const name = predictions?.statusNames[status] ?? '';
  if (name !== 'classified') return STATUS_WORDS[name] ?? name.replace(':', ': ');
  return predictions!.probability[row]! >= threshold ? 'MC' : 'S';
}

const STATUS_WORDS: Partial<Record<string, string>> = {
  'outside-mosaics': 'no mosaic',
  'no-valid-pixels': 'no valid pixels',
  sisg: 'SISG → S',
};

/**
 * Rows that pass the filter, in the order of the sorting. Values that are missing come last either way.
 * @param labelOf the label of a row, '' where it has none
 */
export function orderedRows(
  sources: SourceColumns,
  predictions: PredictionColumns | undefined,
  filter: RowFilter,
  sorting: Sorting,
  threshold: number,
  labelOf: (row: number) => string = () => '',
): Int32Array {
  const wanted = filter.text.trim().toLowerCase();
  const kept = new Int32Array(sources.rowCount);
  let size = 0;
  for (let row = 0; row < sources.rowCount; row += 1) {
    if (wanted !== '' && !sources.name[row]!.toLowerCase().includes(wanted)) continue;
    if (!hasStatus(sources, predictions, row, filter.status, threshold)) continue;
    kept[size] = row;
    size += 1;
  }
  const rows = kept.slice(0, size);
  if (sorting.key === 'row') return sorting.isDescending ? rows.reverse() : rows;
  const direction = sorting.isDescending ? -1 : 1;
  if (sorting.key === 'name' || sorting.key === 'status' || sorting.key === 'label') {
    const textOf = {
      name: (row: number) => sources.name[row]!,
      status: (row: number) => statusText(sources, predictions, row, threshold),
      label: labelOf,
    }[sorting.key];
    const texts = Array.from(rows, (row) => [textOf(row), row] as const);
    // A row without a text is one without a value.
    texts.sort((a, b) => {
      if (a[0] === b[0]) return a[1] - b[1];
      if (a[0] === '' || b[0] === '') return a[0] === '' ? 1 : -1;
      return a[0] < b[0] ? -direction : direction;
    });
    return Int32Array.from(texts, ([, row]) => row);
  }
  const values = columnOf(sources, predictions, sorting.key);
  return rows.sort((a, b) => {
    const [first, second] = [values[a]!, values[b]!];
    if (Number.isNaN(first) || Number.isNaN(second))
      return Number(Number.isNaN(first)) - Number(Number.isNaN(second)) || a - b;
    return (first - second) * direction || a - b;
  });
}

function columnOf(
  sources: SourceColumns,
  predictions: PredictionColumns | undefined,
  key: 'probability' | 'flux' | 'maj' | 'nearest',
): Float64Array | Float32Array {
  switch (key) {
    case 'probability':
      return predictions?.probability ?? new Float64Array(sources.rowCount).fill(Number.NaN);
    case 'flux':
      return sources.totalFluxMjy;
    case 'maj':
      return sources.majArcsec;
    case 'nearest':
      return sources.nearestArcsec;
  }
}

function hasStatus(
  sources: SourceColumns,
  predictions: PredictionColumns | undefined,
  row: number,
  status: StatusFilter,
  threshold: number,
): boolean {
  if (status === 'any') return true;
  const isSisg = sources.sisg[row] === 1;
  if (status === 'sisg') return isSisg;
  const probability = isSisg ? Number.NaN : (predictions?.probability[row] ?? Number.NaN);
  if (status === 'flagged') return probability >= threshold;
  if (status === 'not-flagged') return isSisg || probability < threshold;
  return !isSisg && Number.isNaN(probability);
}
