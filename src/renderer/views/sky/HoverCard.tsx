import type { CSSProperties } from 'react';
import { probability as probabilityText } from '../../components/format.ts';
import type { SkyMap } from '../../sky-map/sky-map-types.ts';
import { useField } from '../../state/field.ts';
import { usePredictions } from '../../state/predictions.ts';
import { useThreshold } from '../../state/threshold.ts';
import { statusText } from '../table/status-text.ts';
import type { Hovered } from './use-sky-map.ts';

/** A card and its distance from the pointer. */
const CARD_ROOM_PX = 44;

interface HoverCardProps {
  readonly hovered: Hovered;
  readonly sky: ReturnType<SkyMap['size']>;
}

/** The source under the pointer in a line, towards the wider side, and above the pointer along the sky's lower edge. */
export function HoverCard({ hovered: { row, point }, sky }: HoverCardProps) {
  const sources = useField((state) => state.sources);
  const predictions = usePredictions((state) => state.columns);
  const threshold = useThreshold((state) => state.threshold);
  const name = sources?.name[row];
  if (sources === undefined || name === undefined) return null;
  return (
    <div
      className="sky__hover"
      data-left={point.x > sky.width / 2 || undefined}
      data-above={point.y > sky.height - CARD_ROOM_PX || undefined}
      style={{ left: point.x, top: point.y, '--room': `${Math.max(point.x, sky.width - point.x)}px` } as CSSProperties}
    >
      {name}
      <span className="quiet"> P(MC) </span>
      {probabilityText(predictions?.probability[row])}
      <span className="quiet"> {statusText(sources, predictions, row, threshold)}</span>
    </div>
  );
}
