import type { SkyCells } from './sky-cells.ts';
import type { SourceLayerData } from './sky-map-types.ts';
import type { Vector } from './view-projection.ts';

const ARCSEC = Math.PI / 180 / 3600;
const RADIANS = Math.PI / 180;

/** Where the sources are and their shape, as the shaders read them: in the order of the cells. */
export interface SourceGeometry {
  /** The field's middle. */
  readonly reference: Vector;
  /** Area of the cap about the middle that holds all sources. */
  readonly extentSteradian: number;
  /** Direction less the reference, three per source: single precision then places them to 0.001″. */
  readonly offset: Float32Array;
  /** Semi-axes and position angle [rad], three per source. */
  readonly shape: Float32Array;
}

export function sourceGeometry(sources: SourceLayerData | undefined, cells: SkyCells): SourceGeometry {
  const rowCount = sources?.rowCount ?? 0;
  const offset = new Float32Array(3 * rowCount);
  const shape = new Float32Array(3 * rowCount);
  if (sources === undefined) return { reference: [1, 0, 0], extentSteradian: 1, offset, shape };
  const reference = middleOf(sources);
  const [middleX, middleY, middleZ] = reference;
  let farthest = 0;
  // Plain arithmetic: an array per row would cost half a second for a million rows.
  for (let place = 0; place < rowCount; place++) {
    const row = cells.rows[place]!;
    const ra = sources.raDeg[row]! * RADIANS;
    const dec = sources.decDeg[row]! * RADIANS;
    const cosDec = Math.cos(dec);
    const x = cosDec * Math.cos(ra) - middleX;
    const y = cosDec * Math.sin(ra) - middleY;
    const z = Math.sin(dec) - middleZ;
    const squared = x * x + y * y + z * z;
    // False for a row without a position, which the shaders leave out too.
    if (squared > farthest) farthest = squared;
    const pa = sources.paDeg[row]!;
    const at = 3 * place;
    offset[at] = x;
    offset[at + 1] = y;
    offset[at + 2] = z;
    shape[at] = (sources.majArcsec[row]! / 2) * ARCSEC;
    shape[at + 1] = (sources.minArcsec[row]! / 2) * ARCSEC;
    shape[at + 2] = Number.isNaN(pa) ? 0 : pa * RADIANS;
  }
  // A cap of chord length c has the area π c².
  return { reference, extentSteradian: Math.PI * farthest, offset, shape };
}

function middleOf({ rowCount, raDeg, decDeg }: SourceLayerData): Vector {
  let [sumX, sumY, sumZ] = [0, 0, 0];
  for (let row = 0; row < rowCount; row++) {
    if (!Number.isFinite(raDeg[row]! + decDeg[row]!)) continue;
    const cosDec = Math.cos(decDeg[row]! * RADIANS);
    sumX += cosDec * Math.cos(raDeg[row]! * RADIANS);
    sumY += cosDec * Math.sin(raDeg[row]! * RADIANS);
    sumZ += Math.sin(decDeg[row]! * RADIANS);
  }
  const length = Math.hypot(sumX, sumY, sumZ);
  return length === 0 ? [1, 0, 0] : [sumX / length, sumY / length, sumZ / length];
}
