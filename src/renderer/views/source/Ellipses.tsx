import { useMemo } from 'react';
import type { SourceColumns, WindowColumns } from '../../../contract/column-sets.ts';
import type { SourceDetails } from '../../../contract/schemas.ts';
import { imageAngleOf, pixelInFrame } from '../../../core/sky/local-frame.ts';
import { degrees } from '../../../core/units/quantities.ts';
import { useSelection } from '../../state/selection.ts';

interface EllipsesProps {
  readonly columns: WindowColumns;
  readonly details: SourceDetails;
  readonly sources: SourceColumns;
}

/** The source solid, every other catalogue row in the window dashed; a click on one goes to it. */
export function Ellipses({ columns, details, sources }: EllipsesProps) {
  const select = useSelection((state) => state.select);
  const side = columns.windowSidePix;
  const shapes = useMemo(() => {
    const here = { ra: degrees(details.raDeg), dec: degrees(details.decDeg) };
    const reachDeg = (side * columns.pixelScaleArcsec) / 3600;
    const found: { row: number; x: number; y: number; turnDeg: number }[] = [];
    for (let row = 0; row < sources.rowCount; row += 1) {
      if (Math.abs(sources.decDeg[row]! - details.decDeg) > reachDeg) continue;
      const there = { ra: degrees(sources.raDeg[row]!), dec: degrees(sources.decDeg[row]!) };
      const pixel = pixelInFrame(columns.frame, here, there);
      if (pixel === undefined) continue;
      if (Math.max(Math.abs(pixel.x - side / 2), Math.abs(pixel.y - side / 2)) > side / 2 + 20) continue;
      const paDeg = sources.paDeg[row]!;
      // The centre of pixel 0 is at 0.5 in SVG, whose y runs down and which turns clockwise.
      found.push({
        row,
        x: pixel.x + 0.5,
        y: side - pixel.y - 0.5,
        turnDeg: -imageAngleOf(columns.frame, Number.isNaN(paDeg) ? 0 : paDeg),
      });
    }
    return found;
  }, [columns, details, sources, side]);

  return (
    <g fill="none" className="window-view__ellipses">
      {shapes.map(({ row, x, y, turnDeg }) => (
        <ellipse
          key={row}
          cx={x}
          cy={y}
          rx={sources.minArcsec[row]! / 2 / columns.pixelScaleArcsec}
          ry={sources.majArcsec[row]! / 2 / columns.pixelScaleArcsec}
          transform={`rotate(${turnDeg} ${x} ${y})`}
          data-selected={row === details.row ? true : undefined}
          onClick={() => select(row)}
        >
          <title>{sources.name[row]}</title>
        </ellipse>
      ))}
    </g>
  );
}
