import type { WindowPlacement } from '../../core/cutout/make-cutout.ts';

/** What a window is read from: a mosaic, or anything that answers for its pixels with NaN outside. */
export interface PixelSource {
  readonly widthPix: number;
  readonly heightPix: number;
  /** Row-major pixels of the rectangle, lowest y first; NaN outside the image. */
  readPixels(window: WindowPlacement): Promise<Float32Array | Float64Array>;
}

/**
 * Rows read at once beyond the window's own height. One long read per band instead of one short read per window row is
 * what makes 20,000 windows take a second and not minutes on a cold disk.
 */
const BAND_ROWS = 1024;

/**
 * Reads square windows that arrive in ascending order of y, from bands of whole rows. Windows out of order are right
 * too, only slower.
 */
export class WindowReader {
  readonly #source: PixelSource;
  #band: Float32Array | Float64Array = new Float32Array(0);
  #bandStart = 0;
  #bandEnd = 0;

  constructor(source: PixelSource) {
    this.#source = source;
  }

  /** The window's pixels, row-major, NaN outside the image. The array is the caller's own. */
  async read(window: WindowPlacement): Promise<Float32Array | Float64Array> {
    const { widthPix, heightPix } = this.#source;
    const firstRow = Math.max(0, window.y);
    const endRow = Math.min(heightPix, window.y + window.height);
    if (firstRow < endRow && (firstRow < this.#bandStart || endRow > this.#bandEnd)) {
      await this.#loadBand(firstRow, Math.min(heightPix, firstRow + BAND_ROWS + window.height));
    }
    const size = window.width * window.height;
    const pixels = this.#band instanceof Float64Array ? new Float64Array(size) : new Float32Array(size);
    pixels.fill(Number.NaN);
    const firstColumn = Math.max(0, window.x);
    const endColumn = Math.min(widthPix, window.x + window.width);
    if (firstColumn >= endColumn) return pixels;
    for (let row = firstRow; row < endRow; row++) {
      const from = (row - this.#bandStart) * widthPix;
      const to = (row - window.y) * window.width + (firstColumn - window.x);
      pixels.set(this.#band.subarray(from + firstColumn, from + endColumn), to);
    }
    return pixels;
  }

  async #loadBand(start: number, end: number): Promise<void> {
    this.#band = await this.#source.readPixels({ x: 0, y: start, width: this.#source.widthPix, height: end - start });
    this.#bandStart = start;
    this.#bandEnd = end;
  }
}
