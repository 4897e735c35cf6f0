import type { SourceSurroundings } from '../../../contract/sky-schemas.ts';
import type { SkyPainter } from '../../sky-map/annotations.ts';
import { screenOf, unitVector } from '../../sky-map/view-projection.ts';
import { areMarksTold, strokeEllipse } from './stroke-ellipse.ts';

/** LoTSS: green for the current source, a red cross at its catalogue position. */
const GREEN = { dark: '#3ddc84', light: '#0a7a3d' } as const;
const RED = { dark: '#ff5a52', light: '#c01f18' } as const;
const CROSS_PX = 6;

/** The selected source's catalogue position and, dashed, the Gaussians that it is made of (FWHM). */
export function paintSourceMarks(
  position: { readonly raDeg: number; readonly decDeg: number },
  { gaussians }: SourceSurroundings,
): SkyPainter {
  return ({ context, projection, theme }) => {
    if (!areMarksTold(projection)) return;
    context.strokeStyle = GREEN[theme];
    context.lineWidth = 1.2;
    context.setLineDash([4, 3]);
    // A single Gaussian is the source itself, which is drawn already.
    for (const gaussian of gaussians.length > 1 ? gaussians : []) strokeEllipse(context, projection, gaussian);
    const at = screenOf(projection, unitVector(position.raDeg, position.decDeg));
    if (at === undefined) return;
    context.setLineDash([]);
    context.strokeStyle = RED[theme];
    context.lineWidth = 1.4;
    context.beginPath();
    context.moveTo(at.x - CROSS_PX, at.y);
    context.lineTo(at.x + CROSS_PX, at.y);
    context.moveTo(at.x, at.y - CROSS_PX);
    context.lineTo(at.x, at.y + CROSS_PX);
    context.stroke();
  };
}
