import type { WindowColumns } from '../../../contract/column-sets.ts';
import { imageAngleOf, pixelInFrame } from '../../../core/sky/local-frame.ts';
import type { SkyPosition } from '../../../core/sky/position.ts';
import { degrees } from '../../../core/units/quantities.ts';
import type { SkyEllipse } from '../../sky-map/sky-ellipse.ts';

/** Attributes of an SVG ellipse in a drawing of the window, one unit a pixel. */
export interface WindowShape {
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
  readonly transform: string;
}

/** Pixels beyond the edge within which an ellipse may still reach into the window. */
const MARGIN_PIX = 20;

/**
 * An ellipse as it lies in the window about a position.
 * @param here what the window is centred on
 * @returns undefined where its centre lies outside
 */
export function shapeInWindow(columns: WindowColumns, here: SkyPosition, ellipse: SkyEllipse): WindowShape | undefined {
  const { frame, windowSidePix: side, pixelScaleArcsec } = columns;
  const pixel = pixelInFrame(frame, here, { ra: degrees(ellipse.raDeg), dec: degrees(ellipse.decDeg) });
  if (pixel === undefined) return undefined;
  if (Math.max(Math.abs(pixel.x - side / 2), Math.abs(pixel.y - side / 2)) > side / 2 + MARGIN_PIX) return undefined;
  // The centre of pixel 0 is at 0.5 in SVG, whose y runs down and which turns clockwise.
  const [cx, cy] = [pixel.x + 0.5, side - pixel.y - 0.5];
  return {
    cx,
    cy,
    rx: ellipse.minArcsec / 2 / pixelScaleArcsec,
    ry: ellipse.majArcsec / 2 / pixelScaleArcsec,
    transform: `rotate(${-imageAngleOf(frame, ellipse.paDeg ?? 0)} ${cx} ${cy})`,
  };
}
