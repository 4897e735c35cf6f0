import { RADIANS_PER_DEGREE } from '../../core/units/quantities.ts';
import type { Mosaic } from './mosaic.ts';

/** What is needed of a mosaic to know where on the sky it may lie. */
export type Footprint = Pick<Mosaic, 'widthPix' | 'heightPix' | 'wcs'>;

/** Answers which mosaics may show a position, without asking each of them. */
export interface FootprintIndex {
  /** Indices of the mosaics whose bounding cap comes near the position, ascending: all that show it, and few more. */
  near(raDeg: number, decDeg: number): readonly number[];
}

/** A cap on the sky that holds a footprint; undefined means that the mosaic may be anywhere. */
export interface Cap {
  readonly centre: UnitVector;
  readonly radiusDeg: number;
}

export type UnitVector = readonly [number, number, number];

/** Height of a band of cells and width of a cell at its wide side [deg]. */
const CELL_DEG = 2;
/** No point of a cell is further from its middle [deg]: half the diagonal, and what the curved sky adds. */
const CELL_RADIUS_DEG = 1.5;
/** Points on each edge of an image by which its cap is found. */
const POINTS_PER_EDGE = 17;
/** Edges bend between the points by far less; pixels reach half a pixel beyond their centres. */
const CAP_MARGIN = 1.02;
const CAP_MARGIN_DEG = 0.02;
/** Wider images bend so much that their border does not bound them. */
const LARGEST_CAP_DEG = 45;

/** Caps of the footprints, sorted into cells of the sky; a cell is sorted when it is first asked about. */
export function footprintIndex(footprints: readonly Footprint[]): FootprintIndex {
  const reaches = footprints.map((footprint) => reachOf(capOf(footprint)));
  const bandCount = 180 / CELL_DEG;
  const bands = Array.from({ length: bandCount }, (_, band) => {
    const south = -90 + band * CELL_DEG;
    const nearestToEquator = south >= 0 ? south : Math.min(0, south + CELL_DEG);
    const cellCount = Math.max(1, Math.ceil((360 * Math.cos(nearestToEquator * RADIANS_PER_DEGREE)) / CELL_DEG));
    return Array.from<readonly number[] | undefined>({ length: cellCount });
  });
  const sorted = (band: readonly unknown[], bandAt: number, cell: number): readonly number[] => {
    const south = -90 + bandAt * CELL_DEG;
    // A cell around the pole is a cap itself: its middle is the pole.
    const middleDec = band.length === 1 ? Math.sign(south) * 90 : south + CELL_DEG / 2;
    return indicesNear(unitVector(((cell + 0.5) * 360) / band.length, middleDec), reaches);
  };
  return {
    near(raDeg, decDeg) {
      const bandAt = Math.min(bandCount - 1, Math.max(0, Math.floor((decDeg + 90) / CELL_DEG)));
      const band = bands[bandAt]!;
      const turn = (((raDeg % 360) + 360) % 360) / 360;
      const cell = Math.min(band.length - 1, Math.floor(turn * band.length));
      return (band[cell] ??= sorted(band, bandAt, cell));
    },
  };
}

/** A cap widened by a cell; undefined where it may be anywhere. */
interface Reach {
  readonly centre: UnitVector;
  /** From the centre to its border, through the unit sphere, squared: cells times mosaics are compared with it. */
  readonly squaredChord: number;
}

function reachOf(cap: Cap | undefined): Reach | undefined {
  if (cap === undefined) return undefined;
  const radius = (cap.radiusDeg + CELL_RADIUS_DEG) * RADIANS_PER_DEGREE;
  return { centre: cap.centre, squaredChord: (2 * Math.sin(radius / 2)) ** 2 };
}

function indicesNear(middle: UnitVector, reaches: readonly (Reach | undefined)[]): readonly number[] {
  const near: number[] = [];
  reaches.forEach((reach, index) => {
    if (reach === undefined || squaredChord(reach.centre, middle) <= reach.squaredChord) near.push(index);
  });
  return near;
}

/** The cap of a mosaic's pixels, with a margin; undefined where its border leaves the projection or is very wide. */
export function capOf({ widthPix, heightPix, wcs }: Footprint): Cap | undefined {
  const vectorAt = (x: number, y: number): UnitVector | undefined => {
    const position = wcs.pixelToSky(x, y);
    return position === undefined ? undefined : unitVector(position.ra, position.dec);
  };
  const centre = vectorAt((widthPix - 1) / 2, (heightPix - 1) / 2);
  if (centre === undefined) return undefined;
  let radiusDeg = 0;
  for (let k = 0; k < POINTS_PER_EDGE; k++) {
    const x = -0.5 + (k / (POINTS_PER_EDGE - 1)) * widthPix;
    const y = -0.5 + (k / (POINTS_PER_EDGE - 1)) * heightPix;
    for (const [px, py] of [
      [x, -0.5],
      [x, heightPix - 0.5],
      [-0.5, y],
      [widthPix - 0.5, y],
    ] as const) {
      const vector = vectorAt(px, py);
      // A border beyond the projection's sky: the image shows all the sky there is on that side.
      if (vector === undefined) return undefined;
      radiusDeg = Math.max(radiusDeg, angleDeg(centre, vector));
    }
  }
  return radiusDeg > LARGEST_CAP_DEG ? undefined : { centre, radiusDeg: radiusDeg * CAP_MARGIN + CAP_MARGIN_DEG };
}

export function unitVector(raDeg: number, decDeg: number): UnitVector {
  const [ra, dec] = [raDeg * RADIANS_PER_DEGREE, decDeg * RADIANS_PER_DEGREE];
  return [Math.cos(dec) * Math.cos(ra), Math.cos(dec) * Math.sin(ra), Math.sin(dec)];
}

export function angleDeg(a: UnitVector, b: UnitVector): number {
  return (2 * Math.asin(Math.min(1, Math.sqrt(squaredChord(a, b)) / 2))) / RADIANS_PER_DEGREE;
}

const squaredChord = (a: UnitVector, b: UnitVector): number =>
  (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2;
