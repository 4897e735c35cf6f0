/** Where an image's tiles are, and the limits that its properties name [unit of the tiles]. */
export interface FieldTiles {
  readonly url: string;
  readonly cuts: { readonly low: number; readonly high: number };
}

const UNKNOWN_CUTS = { low: 0, high: 1 } as const;

export const absoluteUrl = (url: string): string => new URL(url, globalThis.location.href).href;

/**
 * The tiles at `hipsUrl`, or the blank sky where they cannot be read: asked before Aladin is, since Aladin answers a
 * missing field with endless requests.
 */
export async function tilesAt(hipsUrl: string, blankUrl: string): Promise<FieldTiles> {
  try {
    const response = await fetch(`${absoluteUrl(hipsUrl)}/properties`);
    if (response.ok) {
      const match = /^hips_pixel_cut\s*=\s*(\S+)\s+(\S+)/m.exec(await response.text());
      const [low, high] = [Number(match?.[1]), Number(match?.[2])];
      return { url: absoluteUrl(hipsUrl), cuts: high > low ? { low, high } : UNKNOWN_CUTS };
    }
  } catch {
    // The engine is gone; the window says so elsewhere, the sky stays blank.
  }
  return { url: absoluteUrl(blankUrl), cuts: UNKNOWN_CUTS };
}
