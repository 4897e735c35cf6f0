import type { MosaicSummary } from '../../../contract/schemas.ts';

/** An offset in the mosaic's pixel grid [pixel], x to the right (west), y up. */
export interface PixelOffset {
  readonly x: number;
  readonly y: number;
}

const RADIANS = Math.PI / 180;

/**
 * Pixel offsets from one sky position to others on a mosaic, by its projection about its centre (SIN or TAN, north up
 * at the centre). Away from the centre north turns by some degrees, which would put a neighbour a beam off if ignored.
 * Without a mosaic: the tangent plane at the source itself.
 */
export function pixelOffsets(
  mosaic: MosaicSummary | undefined,
  raDeg: number,
  decDeg: number,
  scaleArcsec: number,
): (otherRaDeg: number, otherDecDeg: number) => PixelOffset {
  const centreRa = (mosaic?.centreRaDeg ?? raDeg) * RADIANS;
  const centreDec = (mosaic?.centreDecDeg ?? decDeg) * RADIANS;
  const isGnomonic = mosaic?.projection === 'TAN';
  const pixelsPerRadian = 3600 / (RADIANS * scaleArcsec);
  const project = (ra: number, dec: number): PixelOffset => {
    const turn = ra * RADIANS - centreRa;
    const [sin, cos] = [Math.sin(dec * RADIANS), Math.cos(dec * RADIANS)];
    const depth = sin * Math.sin(centreDec) + cos * Math.cos(centreDec) * Math.cos(turn);
    const factor = pixelsPerRadian / (isGnomonic ? depth : 1);
    return {
      x: -cos * Math.sin(turn) * factor,
      y: (sin * Math.cos(centreDec) - cos * Math.sin(centreDec) * Math.cos(turn)) * factor,
    };
  };
  const here = project(raDeg, decDeg);
  return (otherRaDeg, otherDecDeg) => {
    const there = project(otherRaDeg, otherDecDeg);
    return { x: there.x - here.x, y: there.y - here.y };
  };
}
