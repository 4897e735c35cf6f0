import type { Cutout } from '../../core/cutout/cutout.ts';
import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import { makeCutout, validFractionOf } from '../../core/cutout/make-cutout.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import { readSourceWindow } from './source-window.ts';
import { WindowReader } from './window-reader.ts';

/** Where the rows of a batch lie: all in one mosaic, or in none. Plain data: it is sent to threads. */
export interface BatchPlaces {
  /** Index of the mosaic; −1 for none. */
  readonly mosaic: number;
  /** Position of each row in it [pixel]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 where the row goes through the network, and so needs a cutout. */
  readonly needsCutout: Uint8Array;
}

/** What the pixels give of each row of a batch, in its order. */
export interface PreparedBatch {
  /** Share of finite pixels in the window [0..1]; NaN where the row lies on no mosaic. */
  readonly validFraction: Float64Array;
  /** Undefined where none is needed. */
  readonly cutouts: readonly (Cutout | undefined)[];
}

export interface BatchPreparer {
  prepare(places: BatchPlaces): Promise<PreparedBatch>;
  close(): Promise<void>;
}

type PreparedMosaic = Pick<Mosaic, 'widthPix' | 'heightPix' | 'wcs' | 'readPixels'>;

/**
 * Reads windows and makes cutouts in this thread, batch after batch.
 * @param mosaicOf opens a mosaic, or hands out one that is open; asked again only when another mosaic was asked for
 * since: the plan goes through one after the other, and a reader holds a band of up to some 100 MB
 */
export function createBatchPreparer(
  mosaicOf: (index: number) => Promise<PreparedMosaic>,
  recipe: CutoutRecipe,
): Pick<BatchPreparer, 'prepare'> {
  let current: { readonly index: number; readonly mosaic: PreparedMosaic; readonly reader: WindowReader } | undefined;
  // One array serves all windows: of each only its cutout is kept.
  let pixels: Float32Array | Float64Array | undefined;
  return {
    prepare: async ({ mosaic: index, x, y, needsCutout }) => {
      const validFraction = new Float64Array(x.length).fill(Number.NaN);
      const cutouts = new Array<Cutout | undefined>(x.length).fill(undefined);
      if (index < 0) return { validFraction, cutouts };
      if (current?.index !== index) {
        const mosaic = await mosaicOf(index);
        current = { index, mosaic, reader: new WindowReader(mosaic) };
      }
      const { mosaic, reader } = current;
      for (let at = 0; at < x.length; at++) {
        pixels = await readSourceWindow(reader.read, mosaic.wcs, { x: x[at]!, y: y[at]! }, recipe, pixels);
        validFraction[at] = validFractionOf(pixels);
        if (needsCutout[at] === 1) cutouts[at] = makeCutout(pixels, recipe);
      }
      return { validFraction, cutouts };
    },
  };
}

/**
 * Prepares batches in their order from `first` on, so many ahead of the one that is asked for.
 * @param placesOf undefined after the last batch
 */
export async function* prepareAhead(
  preparer: Pick<BatchPreparer, 'prepare'>,
  placesOf: (batch: number) => BatchPlaces | undefined,
  first: number,
  ahead: number,
): AsyncGenerator<PreparedBatch, undefined> {
  const begun: Promise<PreparedBatch>[] = [];
  let next = first;
  for (;;) {
    for (let places = placesOf(next); places !== undefined && begun.length <= ahead; places = placesOf(++next)) {
      const batch = preparer.prepare(places);
      // A failure is met when its batch is asked for, which may be never.
      batch.catch(() => undefined);
      begun.push(batch);
    }
    const batch = begun.shift();
    if (batch === undefined) return undefined;
    yield await batch;
  }
}
