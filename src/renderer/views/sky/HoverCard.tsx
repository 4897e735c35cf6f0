import type { CSSProperties } from 'react';
import { probability as probabilityText } from '../../components/format.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useThreshold } from '../../state/threshold.ts';
import { statusText } from '../table/status-text.ts';
import type { Hovered } from './use-sky-map.ts';

/** The source under the pointer in a line. */
export function HoverCard({ hovered }: { readonly hovered: Hovered }) {
  const sources = useField((state) => state.sources);
  const predictions = usePredictions((state) => state.columns);
  const threshold = useThreshold((state) => state.threshold);
  const name = sources?.name[hovered.row];
  if (sources === undefined || name === undefined) return null;
  return (
    <div
      className="sky__hover"
      data-left={hovered.isRight ? true : undefined}
      data-above={hovered.isLow ? true : undefined}
      style={{ left: hovered.x, top: hovered.y, '--room': `${hovered.roomPx}px` } as CSSProperties}
    >
      {name}
      <span className="quiet"> P(MC) </span>
      {probabilityText(predictions?.probability[hovered.row])}
      <span className="quiet"> {statusText(sources, predictions, hovered.row, threshold)}</span>
    </div>
  );
}
