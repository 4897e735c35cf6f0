import type { SkyEllipse } from '../../sky-map/sky-ellipse.ts';
import type { ViewProjection } from '../../sky-map/view-projection.ts';
import { ellipseOnScreen, pixelsPerRadian, screenOf, unitVector } from '../../sky-map/view-projection.ts';

/** Closer than this [CSS pixel per arcsec] the marks of a source can be told from each other. */
const FROM_PX_PER_ARCSEC = 0.3;
const ARCSEC_PER_RADIAN = (180 * 3600) / Math.PI;

export const areMarksTold = (projection: ViewProjection): boolean =>
  pixelsPerRadian(projection) / ARCSEC_PER_RADIAN >= FROM_PX_PER_ARCSEC;

/** Strokes an ellipse with the pen as it is; nothing on the far side of the sky. */
export function strokeEllipse(
  context: CanvasRenderingContext2D,
  projection: ViewProjection,
  { raDeg, decDeg, majArcsec, minArcsec, paDeg }: SkyEllipse,
): void {
  const centre = screenOf(projection, unitVector(raDeg, decDeg));
  if (centre === undefined) return;
  const { major, minor } = ellipseOnScreen(projection, raDeg, decDeg, majArcsec, minArcsec, paDeg ?? 0);
  const [a, b] = [Math.hypot(major.x, major.y), Math.hypot(minor.x, minor.y)];
  context.beginPath();
  context.ellipse(centre.x, centre.y, a, b, Math.atan2(major.y, major.x), 0, 2 * Math.PI);
  context.stroke();
}
