import type { PredictionColumns, SourceColumns } from '../../../contract/column-sets.ts';
import { NO_RESULT_YET } from '../../state/predictions.ts';

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
