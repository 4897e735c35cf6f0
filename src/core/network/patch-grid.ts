import type { Span } from './local-change.ts';

/** Squares over an image that are covered one after the other: along the rows, the lowest row first. */
export interface PatchGrid {
  readonly patchPix: number;
  readonly stridePix: number;
  /** Patches along a side; there are its square. */
  readonly along: number;
}

export function patchGrid(sidePix: number, patchPix: number, stridePix: number): PatchGrid {
  return { patchPix, stridePix, along: Math.floor((sidePix - patchPix) / stridePix) + 1 };
}

/** What the patches cover along either axis, in order [pixel]. */
export function patchSpans({ patchPix, stridePix, along }: PatchGrid): readonly Span[] {
  return Array.from({ length: along }, (_, index) => ({
    first: index * stridePix,
    last: index * stridePix + patchPix - 1,
  }));
}

/** Column and row of a patch in its grid. */
export function patchPlace({ along }: PatchGrid, patch: number): { readonly column: number; readonly row: number } {
  return { column: patch % along, row: Math.floor(patch / along) };
}

/**
 * Sets one patch of an image to 0 in all channels.
 * @param image channels × side × side; changed
 */
export function coverPatch(
  image: Float32Array,
  channelCount: number,
  sidePix: number,
  grid: PatchGrid,
  patch: number,
): void {
  const { column, row } = patchPlace(grid, patch);
  const { patchPix, stridePix } = grid;
  for (let channel = 0; channel < channelCount; channel++) {
    for (let y = row * stridePix; y < row * stridePix + patchPix; y++) {
      const start = (channel * sidePix + y) * sidePix + column * stridePix;
      image.fill(0, start, start + patchPix);
    }
  }
}
