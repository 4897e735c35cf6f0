import type { WindowPlacement } from '../../core/cutout/make-cutout.ts';
import { STRIP_ROWS } from './reading-order.ts';

/** What a window is read from: a mosaic, or anything that answers for its pixels with NaN outside. */
export interface PixelSource {
  readonly widthPix: number;
  readonly heightPix: number;
  /**
   * Row-major pixels of the rectangle, lowest y first; NaN outside the image. The memory of `into`, pixels that are not
   * needed any more, may be used again.
   */
  readPixels(window: WindowPlacement, into?: Float32Array | Float64Array): Promise<Float32Array | Float64Array>;
}

/**
 * Bytes of single floats read at once. One long read per band instead of one short read per window row is what makes
 * 20,000 windows take a second and not minutes on a cold disk; the rows that two bands share are read twice.
 */
const BAND_BYTES = 48 << 20;

/** Windows in the first half of a band from which on the next one is read ahead: a lone source needs no second band. */
const MANY_WINDOWS = 16;

interface Band {
  readonly pixels: Float32Array | Float64Array;
  /** First row, and the row behind the last. */
  readonly start: number;
  readonly end: number;
}

const NO_BAND: Band = { pixels: new Float32Array(0), start: 0, end: 0 };

/**
 * Reads square windows that arrive in reading order (or in ascending order of y) from bands of whole rows; while the
 * windows of one band are used the next is read. Windows out of order are right too, only slower.
 */
export class WindowReader {
  readonly #source: PixelSource;
  readonly #bandBytes: number;
  #band = NO_BAND;
  /** A band that is not needed any more: its memory is filled again. */
  #spent: Band = NO_BAND;
  #ahead: Promise<Band> | undefined;
  #windowsOfBand = 0;

  /** @param bandBytes of single floats in a band */
  constructor(source: PixelSource, bandBytes = BAND_BYTES) {
    this.#source = source;
    this.#bandBytes = bandBytes;
  }

  /**
   * The window's pixels, row-major, NaN outside the image. They are written into `into` where it fits (an array that was
   * returned before and is no longer needed), otherwise into a new array.
   */
  readonly read = async (
    window: WindowPlacement,
    into?: Float32Array | Float64Array,
  ): Promise<Float32Array | Float64Array> => {
    const { widthPix, heightPix } = this.#source;
    const firstRow = Math.max(0, window.y);
    const endRow = Math.min(heightPix, window.y + window.height);
    if (firstRow < endRow) {
      if (firstRow < this.#band.start || endRow > this.#band.end) await this.#loadBand(firstRow, endRow);
      this.#readAhead(firstRow, window.height);
    }
    const firstColumn = Math.max(0, window.x);
    const endColumn = Math.min(widthPix, window.x + window.width);
    const pixels = this.#pixelsFor(window.width * window.height, into);
    const isWhole = endRow - firstRow === window.height && endColumn - firstColumn === window.width;
    if (!isWhole) pixels.fill(Number.NaN);
    if (firstColumn >= endColumn) return pixels;
    // As bytes: copying a row costs half of what a subarray and its `set` do.
    const [source, target] = [bytesOf(this.#band.pixels), bytesOf(pixels)];
    const { BYTES_PER_ELEMENT: size } = pixels;
    for (let row = firstRow; row < endRow; row++) {
      const from = (row - this.#band.start) * widthPix;
      const to = (row - window.y) * window.width + (firstColumn - window.x);
      source.copy(target, size * to, size * (from + firstColumn), size * (from + endColumn));
    }
    return pixels;
  };

  #pixelsFor(size: number, into: Float32Array | Float64Array | undefined): Float32Array | Float64Array {
    const isDouble = this.#band.pixels instanceof Float64Array;
    if (into?.length === size && into instanceof Float64Array === isDouble) return into;
    return isDouble ? new Float64Array(size) : new Float32Array(size);
  }

  /** Makes a band current that holds the rows: the one that was read ahead, where it does, else a new one. */
  async #loadBand(firstRow: number, endRow: number): Promise<void> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    const past = this.#band;
    // Its memory may be filled from here on: until that has come to its end there is no band.
    this.#band = NO_BAND;
    // One that could not be read is read again, by whoever needs it.
    const next = await ahead?.catch(() => undefined);
    if (next !== undefined && firstRow >= next.start && endRow <= next.end) {
      this.#spent = past;
      this.#band = next;
    } else {
      this.#spent = next ?? this.#spent;
      this.#band = await this.#readBand(firstRow, endRow, past);
    }
    this.#windowsOfBand = 0;
  }

  /** Begins to read the band behind the present one, when many windows have come halfway through it. */
  #readAhead(row: number, height: number): void {
    const { start, end } = this.#band;
    this.#windowsOfBand++;
    if (this.#ahead !== undefined || this.#windowsOfBand < MANY_WINDOWS) return;
    if (end >= this.#source.heightPix || row < (start + end) / 2) return;
    // The first row of a window that the present band does not hold.
    const next = end - height + 1;
    const band = this.#readBand(next, next + height, this.#spent);
    this.#spent = NO_BAND;
    // Whoever needs the band is told; one that nobody needs may fail.
    band.catch(() => undefined);
    this.#ahead = band;
  }

  /** Reads a band that holds the rows of a window, and those of all windows that may follow it in its strip. */
  async #readBand(firstRow: number, endRow: number, into: Band): Promise<Band> {
    const { widthPix, heightPix } = this.#source;
    const start = Math.max(0, firstRow - STRIP_ROWS);
    const leastEnd = endRow + STRIP_ROWS;
    const end = Math.min(heightPix, Math.max(leastEnd, start + Math.floor(this.#bandBytes / (4 * widthPix))));
    const pixels = await this.#source.readPixels({ x: 0, y: start, width: widthPix, height: end - start }, into.pixels);
    return { pixels, start, end };
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);
