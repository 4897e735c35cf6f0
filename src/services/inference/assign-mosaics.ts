import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SourceCatalogue } from '../../core/catalogue/catalogue.ts';
import { placeWindow } from '../../core/cutout/make-cutout.ts';
import type { PixelPosition } from '../../core/sky/position.ts';
import { degrees } from '../../core/units/quantities.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import type { FootprintIndex } from '../fits-files/footprint-index.ts';
import { footprintIndex } from '../fits-files/footprint-index.ts';
import type { OpeningOptions } from './opening-steps.ts';
import { refuseCancelled } from '../threads/in-turn.ts';

/** Which mosaic every catalogue row is cut from, and where it lies there. */
export interface MosaicAssignment {
  /** Index into the mosaics; −1 where the position lies on none of them. */
  readonly mosaic: Int32Array;
  /** Position in that mosaic [pixel, 0-based]; NaN where there is none. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Side of the neighbourhood in which NaN is looked for when several mosaics show a source [pixel]. */
const NEIGHBOURHOOD_SIDE_PIX = 256;

/** Rows after which others have their turn: some milliseconds. */
const ROWS_PER_TURN = 5000;

/**
 * Assigns each source to the mosaic its `Mosaic_ID` names, when it lies on that one; else to the mosaic where it lies
 * furthest from an edge or a blank pixel. A position lies on a mosaic when its nearest pixel is one of the image's.
 */
export async function assignMosaics(
  catalogue: SourceCatalogue,
  mosaics: readonly Mosaic[],
  { signal, onProgress }: OpeningOptions = {},
): Promise<MosaicAssignment> {
  const assignment: MosaicAssignment = {
    mosaic: new Int32Array(catalogue.rowCount).fill(-1),
    x: new Float64Array(catalogue.rowCount).fill(Number.NaN),
    y: new Float64Array(catalogue.rowCount).fill(Number.NaN),
  };
  const byName = new Map<string, number>();
  // Later names are weaker (file stem, folder, OBJECT), and so are later files: the first claim stands.
  mosaics.forEach((mosaic, index) => {
    for (const name of mosaic.names) if (!byName.has(name)) byName.set(name, index);
  });

  const index = footprintIndex(mosaics);
  for (let row = 0; row < catalogue.rowCount; row++) {
    if (row % ROWS_PER_TURN === ROWS_PER_TURN - 1) {
      onProgress?.('Placing sources on mosaics', row / catalogue.rowCount);
      await nextTurn();
      refuseCancelled(signal);
    }
    const candidates = candidatesOf(catalogue, row, mosaics, index);
    if (candidates.length === 0) continue;
    const named = byName.get(catalogue.mosaicId[row]!);
    const chosen =
      candidates.find(({ mosaic }) => mosaic === named) ??
      (candidates.length === 1 ? candidates[0]! : await deepest(candidates, mosaics));
    assignment.mosaic[row] = chosen.mosaic;
    assignment.x[row] = chosen.position.x;
    assignment.y[row] = chosen.position.y;
  }
  return assignment;
}

interface Candidate {
  readonly mosaic: number;
  readonly position: PixelPosition;
}

function candidatesOf(
  catalogue: SourceCatalogue,
  row: number,
  mosaics: readonly Mosaic[],
  index: FootprintIndex,
): Candidate[] {
  const ra = catalogue.raDeg[row]!;
  const dec = catalogue.decDeg[row]!;
  if (!Number.isFinite(ra) || !Number.isFinite(dec)) return [];
  const candidates: Candidate[] = [];
  for (const at of index.near(ra, dec)) {
    const mosaic = mosaics[at]!;
    const position = mosaic.wcs.skyToPixel({ ra: degrees(ra), dec: degrees(dec) });
    if (position !== undefined && isInside(position, mosaic)) candidates.push({ mosaic: at, position });
  }
  return candidates;
}

function isInside({ x, y }: PixelPosition, mosaic: Mosaic): boolean {
  const column = Math.floor(x + 0.5);
  const row = Math.floor(y + 0.5);
  return column >= 0 && row >= 0 && column < mosaic.widthPix && row < mosaic.heightPix;
}

/** The candidate whose source is furthest from an edge or a NaN pixel of its mosaic; the first of equals. */
async function deepest(candidates: readonly Candidate[], mosaics: readonly Mosaic[]): Promise<Candidate> {
  let best = candidates[0]!;
  let bestDepth = -1;
  for (const candidate of candidates) {
    const depth = await depthOf(candidate, mosaics[candidate.mosaic]!);
    if (depth > bestDepth) {
      best = candidate;
      bestDepth = depth;
    }
  }
  return best;
}

/** Distance to the nearest NaN pixel, the outside counting as NaN [pixel], up to half the neighbourhood's side. */
async function depthOf({ position }: Candidate, mosaic: Mosaic): Promise<number> {
  const window = placeWindow(position, NEIGHBOURHOOD_SIDE_PIX);
  const pixels = await mosaic.readPixels(window);
  const centre = NEIGHBOURHOOD_SIDE_PIX / 2;
  let nearestSquared = centre * centre;
  for (let i = 0; i < pixels.length; i++) {
    if (Number.isFinite(pixels[i]!)) continue;
    const dx = (i % NEIGHBOURHOOD_SIDE_PIX) - centre;
    const dy = Math.floor(i / NEIGHBOURHOOD_SIDE_PIX) - centre;
    nearestSquared = Math.min(nearestSquared, dx * dx + dy * dy);
  }
  return Math.sqrt(nearestSquared);
}
