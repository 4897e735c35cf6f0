import type { ScreenPoint, ScreenSize } from './screen.ts';
import type { Vector, ViewProjection } from './view-projection.ts';
import { screenOf, skyAt, unitVector } from './view-projection.ts';

/** Of a picture, on the screen: upper left, upper right and lower left; undefined where one cannot be seen. */
export type Corners = readonly [ScreenPoint | undefined, ScreenPoint | undefined, ScreenPoint | undefined];

/** Where the corners of a picture of the sky lie as another projection has the sky. @param own the projection it was made in */
export function cornersOf({ width, height }: ScreenSize, own: ViewProjection): (seen: ViewProjection) => Corners {
  const directionAt = (x: number, y: number): Vector => {
    const { raDeg, decDeg } = skyAt(own, x, y);
    return unitVector(raDeg, decDeg);
  };
  const [origin, right, below] = [directionAt(0, 0), directionAt(width, 0), directionAt(0, height)];
  return (seen) => [screenOf(seen, origin), screenOf(seen, right), screenOf(seen, below)];
}

/** Six numbers of CSS's `matrix()`. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/**
 * Takes places of a picture to the screen: exact at the three corners, and between them to what a gnomonic projection is not
 * affine.
 * @returns undefined where a corner cannot be seen
 */
export function affineOf([origin, right, below]: Corners, { width, height }: ScreenSize): Affine | undefined {
  if (origin === undefined || right === undefined || below === undefined) return undefined;
  return [
    (right.x - origin.x) / width,
    (right.y - origin.y) / width,
    (below.x - origin.x) / height,
    (below.y - origin.y) / height,
    origin.x,
    origin.y,
  ];
}

/** The affine map that moves no place of a picture of that size by as much as `px`. */
export function isStill([a, b, c, d, e, f]: Affine, { width, height }: ScreenSize, px: number): boolean {
  const moved = [e, f, width * (a - 1) + e, width * b + f, height * c + e, height * (d - 1) + f];
  return moved.every((by) => Math.abs(by) < px);
}
