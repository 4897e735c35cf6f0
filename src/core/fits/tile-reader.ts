import type { CompressedImage, TileBytes } from './compressed-image.ts';
import { decodeTile, locateTiles } from './compressed-image.ts';
import { readExactly } from './hdu.ts';
import type { Pixels } from './pixel-decoder.ts';

/** A rectangle inside the image, and where it goes in the pixels of a window. */
export interface PlaneRectangle {
  readonly plane: number;
  readonly x: number;
  readonly y: number;
  readonly columns: number;
  readonly rows: number;
  readonly pixels: Pixels;
  /** Index of the rectangle's first pixel in `pixels`, and pixels from one row to the next. */
  readonly start: number;
  readonly stride: number;
}

/** Decoded tiles kept for the next window: neighbouring sources share tiles. */
const CACHE_BYTES = 64 << 20;
/** Descriptors looked up at once, and the bytes of neighbouring tiles that one read may span. */
const TILES_PER_LOOKUP = 512;
const BYTES_PER_READ = 8 << 20;
const GAP_BYTES = 64 << 10;

interface WantedTile {
  readonly index: number;
  /** Tile numbers along the axes. */
  readonly place: readonly number[];
}

/** Reads rectangles of a tile-compressed image, decoding only the tiles they touch. */
export class TileReader {
  readonly #image: CompressedImage;
  /** In order of use, the least recent first. */
  readonly #decoded = new Map<number, Pixels>();
  #decodedBytes = 0;

  constructor(image: CompressedImage) {
    this.#image = image;
  }

  async read(rectangle: PlaneRectangle): Promise<void> {
    let missing: WantedTile[] = [];
    for (const tile of this.#tilesOf(rectangle)) {
      const pixels = this.#decoded.get(tile.index);
      if (pixels !== undefined) {
        this.#keep(tile.index, pixels);
        this.#copy(tile, pixels, rectangle);
        continue;
      }
      const first = missing[0]?.index ?? tile.index;
      if (tile.index - first >= TILES_PER_LOOKUP) {
        await this.#load(missing, rectangle);
        missing = [];
      }
      missing.push(tile);
    }
    if (missing.length > 0) await this.#load(missing, rectangle);
  }

  *#tilesOf({ plane, x, y, columns, rows }: PlaneRectangle): Generator<WantedTile> {
    const { axes, tileAxes, tileCounts } = this.#image;
    const upper: number[] = [];
    let rest = plane;
    for (let axis = 2; axis < axes.length; axis++) {
      upper.push(Math.floor((rest % axes[axis]!) / tileAxes[axis]!));
      rest = Math.floor(rest / axes[axis]!);
    }
    const [width, height] = [tileAxes[0]!, tileAxes[1]!];
    for (let row = Math.floor(y / height); row * height < y + rows; row++) {
      for (let column = Math.floor(x / width); column * width < x + columns; column++) {
        const place = [column, row, ...upper];
        let index = 0;
        for (let axis = place.length - 1; axis >= 0; axis--) index = index * tileCounts[axis]! + place[axis]!;
        yield { index, place };
      }
    }
  }

  /** Lengths of a tile's axes; the last tile along an axis may be cut. */
  #shapeOf({ place }: WantedTile): number[] {
    const { axes, tileAxes } = this.#image;
    return place.map((number, axis) => Math.min(tileAxes[axis]!, axes[axis]! - number * tileAxes[axis]!));
  }

  async #load(wanted: readonly WantedTile[], rectangle: PlaneRectangle): Promise<void> {
    const first = wanted[0]!.index;
    const places = await locateTiles(this.#image, first, wanted.at(-1)!.index - first + 1);
    const located = wanted
      .map((tile) => ({ tile, bytes: places[tile.index - first]! }))
      .sort((a, b) => a.bytes.offset - b.bytes.offset);
    for (let start = 0; start < located.length;) {
      const from = located[start]!.bytes.offset;
      let to = endOf(located[start]!.bytes);
      let end = start + 1;
      for (; end < located.length; end++) {
        const { bytes } = located[end]!;
        if (bytes.offset - to > GAP_BYTES || endOf(bytes) - from > BYTES_PER_READ) break;
        to = Math.max(to, endOf(bytes));
      }
      const read = await readExactly(this.#image.source, from, to - from);
      for (const { tile, bytes } of located.slice(start, end)) {
        const packed = read.subarray(bytes.offset - from, endOf(bytes) - from);
        const pixels = decodeTile(this.#image, tile.index, bytes, this.#shapeOf(tile), packed);
        this.#copy(tile, pixels, rectangle);
        this.#keep(tile.index, pixels);
      }
      start = end;
    }
  }

  #copy(tile: WantedTile, tilePixels: Pixels, rectangle: PlaneRectangle): void {
    const { axes, tileAxes } = this.#image;
    const shape = this.#shapeOf(tile);
    const [width, height] = [shape[0]!, shape[1]!];
    // The tile may hold several planes; ours begins here.
    let planeStart = 0;
    let rest = rectangle.plane;
    for (let axis = 2, size = width * height; axis < axes.length; axis++) {
      planeStart += ((rest % axes[axis]!) % tileAxes[axis]!) * size;
      rest = Math.floor(rest / axes[axis]!);
      size *= shape[axis]!;
    }
    const left = tile.place[0]! * tileAxes[0]!;
    const bottom = tile.place[1]! * tileAxes[1]!;
    const firstColumn = Math.max(rectangle.x, left);
    const endColumn = Math.min(rectangle.x + rectangle.columns, left + width);
    const firstRow = Math.max(rectangle.y, bottom);
    const endRow = Math.min(rectangle.y + rectangle.rows, bottom + height);
    for (let row = firstRow; row < endRow; row++) {
      const from = planeStart + (row - bottom) * width - left;
      const to = rectangle.start + (row - rectangle.y) * rectangle.stride + (firstColumn - rectangle.x);
      rectangle.pixels.set(tilePixels.subarray(from + firstColumn, from + endColumn), to);
    }
  }

  #keep(index: number, pixels: Pixels): void {
    if (!this.#decoded.delete(index)) this.#decodedBytes += pixels.byteLength;
    this.#decoded.set(index, pixels);
    for (const [oldest, { byteLength }] of this.#decoded) {
      if (this.#decodedBytes <= CACHE_BYTES) break;
      this.#decoded.delete(oldest);
      this.#decodedBytes -= byteLength;
    }
  }
}

const endOf = ({ offset, length }: TileBytes): number => offset + length;
