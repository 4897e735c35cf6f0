import { degrees, RADIANS_PER_DEGREE } from '../units/quantities.ts';
import type { SkyPosition } from './position.ts';

/**
 * HEALPix in the nested numbering (Górski et al. 2005, ApJ 622, 759; the HiPS tiles of Fernique et al. 2015). The sphere
 * is twelve square faces; a pixel of order k is one of the 2ᵏ×2ᵏ squares of a face. Here x runs north-east and y
 * north-west from a face's southern corner.
 */
export interface HealpixCell {
  readonly order: number;
  /** 0 … 11 */
  readonly face: number;
  /** 0 … 2ᵒʳᵈᵉʳ − 1 */
  readonly x: number;
  readonly y: number;
}

/** Deepest order whose nested numbers are exact in double precision (12 · 4²⁴ < 2⁵³). */
export const MAX_HEALPIX_ORDER = 24;

/** Ring of each face's southern corner, in face sides from the north pole (`jrll` of the reference library). */
const FACE_RING = [2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4] as const;
/** Longitude of each face's centre, in eighths of a turn (`jpll` of the reference library). */
const FACE_LONGITUDE = [1, 3, 5, 7, 0, 2, 4, 6, 1, 3, 5, 7] as const;

/** Side of a pixel of `order` [arcsec]: the square root of its area. */
export function healpixSideArcsec(order: number): number {
  return (Math.sqrt(Math.PI / 3) / 2 ** order / RADIANS_PER_DEGREE) * 3600;
}

export const healpixCount = (order: number): number => 12 * 4 ** order;

/** The square of the nested number `pixel` [0 … 12·4ᵒʳᵈᵉʳ − 1]. */
export function healpixCellOf(order: number, pixel: number): HealpixCell {
  const perFace = 4 ** order;
  const face = Math.floor(pixel / perFace);
  let rest = pixel % perFace;
  let x = 0;
  let y = 0;
  // Numbers beyond 2³¹ do not survive bit operations, hence the arithmetic.
  for (let bit = 1; rest > 0; bit *= 2) {
    x += (rest % 2) * bit;
    rest = Math.floor(rest / 2);
    y += (rest % 2) * bit;
    rest = Math.floor(rest / 2);
  }
  return { order, face, x, y };
}

/** The nested number of a square. */
export function healpixNumberOf({ order, face, x, y }: HealpixCell): number {
  let number = 0;
  let weight = 1;
  let restX = x;
  let restY = y;
  for (let bit = 0; bit < order; bit++) {
    number += (restX % 2) * weight + (restY % 2) * weight * 2;
    restX = Math.floor(restX / 2);
    restY = Math.floor(restY / 2);
    weight *= 4;
  }
  return face * 4 ** order + number;
}

/**
 * The position at (u, v) of a face, each in 0 … 1 along its north-east and north-west sides.
 * Accurate to double precision at the poles too, where 1 − sin²(dec) would cancel.
 */
export function positionOnFace(face: number, u: number, v: number): SkyPosition {
  const ring = FACE_RING[face]! - u - v;
  let sinDec: number;
  let cosDec: number;
  let eighthLength = 1;
  if (ring < 1 || ring > 3) {
    eighthLength = ring < 1 ? ring : 4 - ring;
    const third = (eighthLength * eighthLength) / 3;
    sinDec = ring < 1 ? 1 - third : third - 1;
    cosDec = Math.sqrt(third * (2 - third));
  } else {
    sinDec = ((2 - ring) * 2) / 3;
    cosDec = Math.sqrt(1 - sinDec * sinDec);
  }
  const eighths = eighthLength <= 0 ? 0 : FACE_LONGITUDE[face]! + (u - v) / eighthLength;
  const ra = (((eighths * 45) % 360) + 360) % 360;
  return { ra: degrees(ra), dec: degrees(Math.atan2(sinDec, cosDec) / RADIANS_PER_DEGREE) };
}

/** The position at (u, v) of a cell, each in 0 … 1 along its north-east and north-west sides. */
export function positionInCell(cell: HealpixCell, u: number, v: number): SkyPosition {
  const side = 2 ** cell.order;
  return positionOnFace(cell.face, (cell.x + u) / side, (cell.y + v) / side);
}

/** The cell of `order` that holds a position. Positions on a border belong to either neighbour. */
export function healpixCellAt(order: number, position: SkyPosition): HealpixCell {
  const side = 2 ** order;
  const sinDec = Math.sin(position.dec * RADIANS_PER_DEGREE);
  const quarters = (((position.ra / 90) % 4) + 4) % 4;
  const within = (value: number): number => Math.min(side - 1, Math.max(0, value));

  if (Math.abs(sinDec) <= 2 / 3) {
    const ascending = side * (0.5 + quarters);
    const height = side * sinDec * 0.75;
    const southEast = Math.floor(ascending - height);
    const southWest = Math.floor(ascending + height);
    const faceSouthEast = Math.floor(southEast / side);
    const faceSouthWest = Math.floor(southWest / side);
    const face =
      faceSouthEast === faceSouthWest
        ? (faceSouthEast % 4) + 4
        : faceSouthEast < faceSouthWest
          ? faceSouthEast % 4
          : (faceSouthWest % 4) + 8;
    return { order, face, x: southWest % side, y: side - 1 - (southEast % side) };
  }

  const quarter = Math.min(3, Math.floor(quarters));
  const along = quarters - quarter;
  // side·√(3(1 − |sin dec|)), written with the half angle: exact at the pole.
  const halfPolarAngle = (90 - Math.abs(position.dec)) * 0.5 * RADIANS_PER_DEGREE;
  const fromPole = side * Math.sqrt(6) * Math.sin(halfPolarAngle);
  const east = within(Math.floor(along * fromPole));
  const west = within(Math.floor((1 - along) * fromPole));
  return sinDec > 0
    ? { order, face: quarter, x: side - 1 - west, y: side - 1 - east }
    : { order, face: quarter + 8, x: east, y: west };
}
