import type { ScreenSize } from './screen.ts';

/**
 * How the map's gnomonic (TAN) view puts the sky on the screen: screen = origin + affine · (tangent-plane offset). Three
 * positions sent through Aladin Lite fix it, whatever its frame and rotation are; everything drawn over the image
 * uses this and stays on it to 10⁻¹⁰ pixel.
 */
export interface ViewProjection {
  /** Unit vectors of the view's centre, of east and of north there. */
  readonly centre: Vector;
  readonly east: Vector;
  readonly north: Vector;
  /** Screen position of the centre [CSS pixel]. */
  readonly originX: number;
  readonly originY: number;
  /** Screen offset per radian east and per radian north [CSS pixel]. */
  readonly eastX: number;
  readonly eastY: number;
  readonly northX: number;
  readonly northY: number;
}

export type Vector = readonly [x: number, y: number, z: number];

const RADIANS = Math.PI / 180;

export function unitVector(raDeg: number, decDeg: number): Vector {
  const cosDec = Math.cos(decDeg * RADIANS);
  return [cosDec * Math.cos(raDeg * RADIANS), cosDec * Math.sin(raDeg * RADIANS), Math.sin(decDeg * RADIANS)];
}

export const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

export function positionOf([x, y, z]: Vector): { raDeg: number; decDeg: number } {
  const raDeg = Math.atan2(y, x) / RADIANS;
  return { raDeg: raDeg < 0 ? raDeg + 360 : raDeg, decDeg: Math.atan2(z, Math.hypot(x, y)) / RADIANS };
}

/** East and north on the sky at a position. */
function axesAt(raDeg: number, decDeg: number): { east: Vector; north: Vector } {
  const [sinRa, cosRa] = [Math.sin(raDeg * RADIANS), Math.cos(raDeg * RADIANS)];
  const [sinDec, cosDec] = [Math.sin(decDeg * RADIANS), Math.cos(decDeg * RADIANS)];
  return { east: [-sinRa, cosRa, 0], north: [-cosRa * sinDec, -sinRa * sinDec, cosDec] };
}

function offsetDirection(centre: Vector, axis: Vector, tangent: number): Vector {
  return [centre[0] + axis[0] * tangent, centre[1] + axis[1] * tangent, centre[2] + axis[2] * tangent];
}

/**
 * Fixes the projection of a view from its centre, its width and the function that puts positions on the screen.
 * Undefined while the view has no size.
 */
export function projectionOf(
  raDeg: number,
  decDeg: number,
  fovDeg: number,
  toScreen: (raDeg: number, decDeg: number) => readonly [number, number] | null | undefined,
): ViewProjection | undefined {
  const centre = unitVector(raDeg, decDeg);
  const { east, north } = axesAt(raDeg, decDeg);
  // A fifth of the view, and never near the horizon of a wide one.
  const tangent = Math.min(0.2, fovDeg * 0.2) * RADIANS;
  const eastward = positionOf(offsetDirection(centre, east, tangent));
  const northward = positionOf(offsetDirection(centre, north, tangent));
  const origin = toScreen(raDeg, decDeg);
  const eastPoint = toScreen(eastward.raDeg, eastward.decDeg);
  const northPoint = toScreen(northward.raDeg, northward.decDeg);
  if (!origin || !eastPoint || !northPoint) return undefined;
  const projection: ViewProjection = {
    centre,
    east,
    north,
    originX: origin[0],
    originY: origin[1],
    eastX: (eastPoint[0] - origin[0]) / tangent,
    eastY: (eastPoint[1] - origin[1]) / tangent,
    northX: (northPoint[0] - origin[0]) / tangent,
    northY: (northPoint[1] - origin[1]) / tangent,
  };
  return Number.isFinite(projection.eastX) && pixelsPerRadian(projection) > 0 ? projection : undefined;
}

/** A view's centre is in the middle of the screen, to the rounding of its sides [CSS pixel]. */
const OFF_MIDDLE_PX = 2;

/** Whether a projection is that of a screen of this size, and not of the size that it had before. */
export const isOfScreen = ({ originX, originY }: ViewProjection, { width, height }: ScreenSize): boolean =>
  Math.hypot(originX - width / 2, originY - height / 2) <= OFF_MIDDLE_PX;

/** The projection of a view that shows the sky with north up, as wide as `width` [CSS pixel]. */
export function projectionAt(
  { raDeg, decDeg, fovDeg }: { readonly raDeg: number; readonly decDeg: number; readonly fovDeg: number },
  width: number,
  height: number,
): ViewProjection {
  const scale = width / 2 / Math.tan((fovDeg / 2) * RADIANS);
  return {
    centre: unitVector(raDeg, decDeg),
    ...axesAt(raDeg, decDeg),
    originX: width / 2,
    originY: height / 2,
    eastX: -scale,
    eastY: 0,
    northX: 0,
    northY: -scale,
  };
}

/** Scale at the centre [CSS pixel per radian]. */
export function pixelsPerRadian({ eastX, eastY, northX, northY }: ViewProjection): number {
  return Math.sqrt(Math.abs(eastX * northY - eastY * northX));
}

/** [CSS pixel]; undefined on the far side of the sky. */
export function screenOf(view: ViewProjection, direction: Vector): { x: number; y: number } | undefined {
  const depth = dot(direction, view.centre);
  if (depth <= 1e-6) return undefined;
  const east = dot(direction, view.east) / depth;
  const north = dot(direction, view.north) / depth;
  return {
    x: view.originX + view.eastX * east + view.northX * north,
    y: view.originY + view.eastY * east + view.northY * north,
  };
}

/** Position under a point of the screen. */
export function skyAt(view: ViewProjection, x: number, y: number): { raDeg: number; decDeg: number } {
  const [dx, dy] = [x - view.originX, y - view.originY];
  const determinant = view.eastX * view.northY - view.eastY * view.northX;
  const east = (dx * view.northY - dy * view.northX) / determinant;
  const north = (dy * view.eastX - dx * view.eastY) / determinant;
  const { centre, east: e, north: n } = view;
  return positionOf([
    centre[0] + east * e[0] + north * n[0],
    centre[1] + east * e[1] + north * n[1],
    centre[2] + east * e[2] + north * n[2],
  ]);
}

/**
 * An ellipse's semi-axes on the screen [CSS pixel], from its position, full axes [arcsec] and the position angle of the
 * major one [deg, north through east; NaN counts as 0]. The same formulae stand in the shader.
 */
export function ellipseOnScreen(
  view: ViewProjection,
  raDeg: number,
  decDeg: number,
  majArcsec: number,
  minArcsec: number,
  paDeg: number,
): { major: { x: number; y: number }; minor: { x: number; y: number } } {
  const direction = unitVector(raDeg, decDeg);
  const { east, north } = axesAt(raDeg, decDeg);
  const pa = (Number.isNaN(paDeg) ? 0 : paDeg) * RADIANS;
  const along = (cosine: number, sine: number, fullArcsec: number): { x: number; y: number } => {
    const semi = ((fullArcsec / 2) * RADIANS) / 3600;
    const axis: Vector = [
      cosine * north[0] + sine * east[0],
      cosine * north[1] + sine * east[1],
      cosine * north[2] + sine * east[2],
    ];
    const depth = dot(direction, view.centre);
    const slope = dot(axis, view.centre) / depth;
    const eastward = (dot(axis, view.east) - dot(direction, view.east) * slope) / depth;
    const northward = (dot(axis, view.north) - dot(direction, view.north) * slope) / depth;
    return {
      x: semi * (view.eastX * eastward + view.northX * northward),
      y: semi * (view.eastY * eastward + view.northY * northward),
    };
  };
  return {
    major: along(Math.cos(pa), Math.sin(pa), majArcsec),
    minor: along(-Math.sin(pa), Math.cos(pa), minArcsec),
  };
}
