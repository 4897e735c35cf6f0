import { ARCSEC_PER_DEGREE, RADIANS_PER_DEGREE, arcsec, degrees } from '../units/quantities.ts';
import type { PixelPosition, SkyPosition } from './position.ts';
import { offsetPosition } from './separation.ts';
import type { Wcs } from './wcs-types.ts';

/**
 * How the neighbourhood of a position lies in an image, whatever its projection and rotation: pixel = centre + matrix ·
 * (east, north), with east and north the offsets in the plane that touches the sky at the position. Over a few arcminutes
 * of a survey mosaic this agrees with the full WCS to a hundredth of a pixel.
 */
export interface LocalFrame {
  /** The position itself [pixel, 0-based]. */
  readonly x: number;
  readonly y: number;
  /** Pixels per arcsecond towards east and north. */
  readonly xPerEast: number;
  readonly xPerNorth: number;
  readonly yPerEast: number;
  readonly yPerNorth: number;
}

/** Step of the finite differences [arcsec]: far above rounding, far below any curvature. */
const STEP_ARCSEC = 30;
const EAST = degrees(90);
const NORTH = degrees(0);

/** The frame of `wcs` about a position; undefined where the projection cannot show it or its neighbourhood. */
export function localFrameOf(wcs: Wcs, position: SkyPosition): LocalFrame | undefined {
  const centre = wcs.skyToPixel(position);
  const gradient = (angle: typeof EAST): PixelPosition | undefined => {
    const ahead = wcs.skyToPixel(offsetPosition(position, angle, arcsec(STEP_ARCSEC)));
    const behind = wcs.skyToPixel(offsetPosition(position, degrees(angle + 180), arcsec(STEP_ARCSEC)));
    if (ahead === undefined || behind === undefined) return undefined;
    return { x: (ahead.x - behind.x) / (2 * STEP_ARCSEC), y: (ahead.y - behind.y) / (2 * STEP_ARCSEC) };
  };
  const east = gradient(EAST);
  const north = gradient(NORTH);
  if (centre === undefined || east === undefined || north === undefined) return undefined;
  return { ...centre, xPerEast: east.x, xPerNorth: north.x, yPerEast: east.y, yPerNorth: north.y };
}

/** Offsets of `other` in the plane that touches the sky at `position` [arcsec]; undefined beyond 90°. */
export function tangentOffset(
  position: SkyPosition,
  other: SkyPosition,
): { readonly eastArcsec: number; readonly northArcsec: number } | undefined {
  const turn = (other.ra - position.ra) * RADIANS_PER_DEGREE;
  const [sin, cos] = [Math.sin(other.dec * RADIANS_PER_DEGREE), Math.cos(other.dec * RADIANS_PER_DEGREE)];
  const [sin0, cos0] = [Math.sin(position.dec * RADIANS_PER_DEGREE), Math.cos(position.dec * RADIANS_PER_DEGREE)];
  const depth = sin * sin0 + cos * cos0 * Math.cos(turn);
  if (depth <= 0) return undefined;
  const toArcsec = ARCSEC_PER_DEGREE / RADIANS_PER_DEGREE / depth;
  return {
    eastArcsec: cos * Math.sin(turn) * toArcsec,
    northArcsec: (sin * cos0 - cos * sin0 * Math.cos(turn)) * toArcsec,
  };
}

/** Pixel of a position near the frame's own; undefined beyond 90°. */
export function pixelInFrame(frame: LocalFrame, position: SkyPosition, other: SkyPosition): PixelPosition | undefined {
  const offset = tangentOffset(position, other);
  if (offset === undefined) return undefined;
  const { eastArcsec: east, northArcsec: north } = offset;
  return {
    x: frame.x + frame.xPerEast * east + frame.xPerNorth * north,
    y: frame.y + frame.yPerEast * east + frame.yPerNorth * north,
  };
}

/** Direction of a position angle in the image [deg, counter-clockwise from +y]; 0 for north where north is up. */
export function imageAngleOf(frame: LocalFrame, positionAngleDeg: number): number {
  const angle = positionAngleDeg * RADIANS_PER_DEGREE;
  const x = frame.xPerEast * Math.sin(angle) + frame.xPerNorth * Math.cos(angle);
  const y = frame.yPerEast * Math.sin(angle) + frame.yPerNorth * Math.cos(angle);
  return Math.atan2(-x, y) / RADIANS_PER_DEGREE;
}
