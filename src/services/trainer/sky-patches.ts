import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import type { NoiseScale } from '../../core/cutout/noise-scale.ts';
import { cropCentre, makeCutout } from '../../core/cutout/make-cutout.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { readSourceWindow } from '../inference/source-window.ts';
import { inReadingOrder } from '../inference/reading-order.ts';
import { WindowReader } from '../inference/window-reader.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { LabelledRows } from './labelled-rows.ts';

/**
 * What is kept of a row's window through all epochs: the raw pixels around the source and the noise of the whole
 * window. The channels follow from these, so they are made again for each batch: that is exact, and keeping them would
 * take three times the memory.
 */
export interface SkyPatch {
  /** sidePix × sidePix, in the mosaic's unit, NaN outside, in shared memory. The source is at index sidePix / 2. */
  readonly pixels: Float32Array;
  readonly sidePix: number;
  readonly noise: NoiseScale;
  /** True where the window has no noise to count from: its channels are all zero. */
  readonly isBlank: boolean;
}

/**
 * Reads the patches of the given rows, field by field in reading order.
 * @param sidePixOf side to keep of each row [pixel]
 * @returns a patch per row asked for; rows without enough valid pixels to be classified are left out
 */
export async function readSkyPatches(
  rows: LabelledRows,
  wanted: readonly number[],
  sidePixOf: (row: number) => number,
  recipe: CutoutRecipe,
  onRead: (done: number) => void,
  signal?: AbortSignal,
): Promise<Map<number, SkyPatch>> {
  const mosaicOf = (row: number): number => rows.fields[rows.field[row]!]!.assignment.mosaic[rows.row[row]!]!;
  const inField = rows.fields.map(({ assignment }) => inReadingOrder(assignment));
  const order = [...new Set(wanted)].sort(
    (a, b) => rows.field[a]! - rows.field[b]! || inField[rows.field[a]!]!(rows.row[a]!, rows.row[b]!),
  );
  const patches = new Map<number, SkyPatch>();
  let reader: WindowReader | undefined;
  let readFrom: Mosaic | undefined;
  for (const [done, row] of order.entries()) {
    if (signal?.aborted) throw new DomainFailure({ kind: 'cancelled' });
    const { field, assignment } = rows.fields[rows.field[row]!]!;
    const mosaic = field.mosaics[mosaicOf(row)]!;
    if (reader === undefined || readFrom !== mosaic) {
      reader = new WindowReader(mosaic);
      readFrom = mosaic;
    }
    const catalogueRow = rows.row[row]!;
    const position = { x: assignment.x[catalogueRow]!, y: assignment.y[catalogueRow]! };
    const window = await readSourceWindow(reader.read, mosaic.wcs, position, recipe);
    const { centre, sigma, blank } = makeCutout(window, recipe);
    onRead(done + 1);
    if (blank === 'no-valid-pixels') continue;
    const sidePix = sidePixOf(row);
    patches.set(row, {
      pixels: shared(cropCentre(window, recipe.windowSidePix, sidePix)),
      sidePix,
      noise: { centre, sigma },
      isBlank: blank !== undefined,
    });
  }
  return patches;
}

/** A copy that other threads see without one of their own. */
function shared(pixels: ArrayLike<number>): Float32Array {
  const copy = new Float32Array(new SharedArrayBuffer(pixels.length * Float32Array.BYTES_PER_ELEMENT));
  copy.set(pixels);
  return copy;
}
