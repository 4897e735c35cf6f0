/** Patch that is covered and step between patches [pixel]: 29 × 29 patches of a 128-pixel image. */
export const OCCLUSION = { patchPix: 16, stridePix: 4 } as const;

/** Patches along a side of an image. */
export function patchesAlong(sidePix: number): number {
  return Math.floor((sidePix - OCCLUSION.patchPix) / OCCLUSION.stridePix) + 1;
}

/**
 * The image with one patch after the other set to 0 in all channels, which is what sky below the lowest cut looks like
 * (Zeiler & Fergus 2014). Patches run along the rows, the lowest row first.
 * @param image channels × side × side; not changed
 */
export function occludedImages(image: Float32Array, channelCount: number, sidePix: number): readonly Float32Array[] {
  const { patchPix, stridePix } = OCCLUSION;
  const along = patchesAlong(sidePix);
  return Array.from({ length: along * along }, (_, patch) => {
    const covered = image.slice();
    const firstRow = Math.floor(patch / along) * stridePix;
    const firstColumn = (patch % along) * stridePix;
    for (let channel = 0; channel < channelCount; channel++) {
      for (let row = firstRow; row < firstRow + patchPix; row++) {
        const start = (channel * sidePix + row) * sidePix + firstColumn;
        covered.fill(0, start, start + patchPix);
      }
    }
    return covered;
  });
}
