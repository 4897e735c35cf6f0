import type { SourceColumns } from '../../../contract/column-sets.ts';
import type { SkyPainter } from '../../sky-map/annotations.ts';
import { ellipseOfRow } from '../../sky-map/sky-ellipse.ts';
import { screenOf, unitVector } from '../../sky-map/view-projection.ts';
import { areMarksTold, strokeEllipse } from './stroke-ellipse.ts';

/** LoTSS: cyan and dashed for the other sources of an association. */
const CYAN = { dark: '#4fd8eb', light: '#00798c' } as const;
const DASHES = [7, 4];
const DOTS = [1.5, 4];

/** The other members of the selected source's association group: ellipses (FWHM) dashed, each tied to the source by dots. */
export function paintGroup(sources: SourceColumns, selected: number, rows: readonly number[]): SkyPainter {
  const others = rows.filter((row) => row !== selected && row < sources.rowCount);
  return ({ context, projection, theme }) => {
    if (!areMarksTold(projection)) return;
    const from = screenOf(projection, unitVector(sources.raDeg[selected]!, sources.decDeg[selected]!));
    context.strokeStyle = CYAN[theme];
    for (const row of others) {
      const ellipse = ellipseOfRow(sources, row);
      context.lineWidth = 1.6;
      context.setLineDash(DASHES);
      strokeEllipse(context, projection, ellipse);
      const to = screenOf(projection, unitVector(ellipse.raDeg, ellipse.decDeg));
      if (from === undefined || to === undefined) continue;
      context.lineWidth = 1;
      context.setLineDash(DOTS);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
    context.setLineDash([]);
  };
}
