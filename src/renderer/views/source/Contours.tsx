import { useMemo } from 'react';
import type { WindowColumns } from '../../../contract/column-sets.ts';
import { contourLevels } from './contour-levels.ts';
import { contourSegments } from './contours.ts';

interface ContoursProps {
  readonly columns: WindowColumns;
  /** Level that counts as zero, and the local noise [mJy/beam]. */
  readonly centre: number;
  readonly rms: number;
  /** First contour in units of the noise. */
  readonly first: number;
}

/** Contours at first·rms·(√2)ᵏ, solid above zero and dashed below. */
export function Contours({ columns, centre, rms, first }: ContoursProps) {
  const paths = useMemo(() => {
    const { window, windowSidePix: side } = columns;
    let [lowest, highest] = [Infinity, -Infinity];
    for (const value of window) {
      if (value < lowest) lowest = value;
      if (value > highest) highest = value;
    }
    const { positive, negative } = contourLevels(rms, first, lowest - centre, highest - centre);
    const pathOf = (levels: readonly number[]): string =>
      levels
        .flatMap((level) => contourSegments(window, side, centre + level))
        .map(
          ([x1, y1, x2, y2]) =>
            `M${(x1 + 0.5).toFixed(2)} ${(side - 0.5 - y1).toFixed(2)}L${(x2 + 0.5).toFixed(2)} ${(side - 0.5 - y2).toFixed(2)}`,
        )
        .join('');
    return { positive: pathOf(positive), negative: pathOf(negative) };
  }, [columns, centre, rms, first]);
  return (
    <>
      <path d={paths.positive} className="window-view__contours" />
      <path d={paths.negative} className="window-view__contours window-view__contours--negative" />
    </>
  );
}
