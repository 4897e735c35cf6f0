import type { GlimpseColumns } from '../../contract/glimpse.ts';
import type { ImageDisplay } from './image-display.ts';
import { nativeTransfer } from './image-display.ts';
import type { ScreenSize, SkyView } from './screen.ts';
import type { Vector, ViewProjection } from './view-projection.ts';
import { projectionAt, skyAt, unitVector } from './view-projection.ts';

/** A view of the field as the engine answered it, before the field's tiles are drawn. */
export interface GlimpseImage extends GlimpseColumns {
  readonly width: number;
  readonly height: number;
  readonly projection: ViewProjection;
}

/** The places of a view's pixels. @throws Error where there are more or fewer of them than that screen has */
export function glimpseImage(columns: GlimpseColumns, view: SkyView, { width, height }: ScreenSize): GlimpseImage {
  if (columns.values.length !== width * height) throw new Error('The engine sent a picture of another size.');
  return { ...columns, width, height, projection: projectionAt(view, width, height) };
}

/** Colours of the pixels as Aladin gives them, red, green, blue and opacity; clear where there is no value. */
export function colouredPixels(
  { values, ...cuts }: GlimpseImage,
  display: ImageDisplay,
): Uint8ClampedArray<ArrayBuffer> {
  const { low, high } = display.limits ?? cuts;
  const native = nativeTransfer(display.native);
  const colours = Uint32Array.from(display.colours, (colour) => parseInt(colour.slice(1), 16));
  const last = colours.length - 1;
  const pixels = new Uint8ClampedArray(4 * values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) continue;
    const colour = colours[Math.round(native((value - low) / (high - low)) * last)]!;
    pixels[4 * i] = colour >> 16;
    pixels[4 * i + 1] = (colour >> 8) & 255;
    pixels[4 * i + 2] = colour & 255;
    pixels[4 * i + 3] = 255;
  }
  return pixels;
}

/** Rows compared, and the piece of a row that is judged by itself [CSS pixel]. */
const ROWS_COMPARED = 8;
const PIECE_PX = 64;
/** Pieces that vary by less say nothing [sum of steps of 256]. */
const LEAST_VARIATION = 64;
/** Wide tiles, enlarged in the place of closer ones, vary by an eighth as much; true means by half as much as few rows. */
const LEAST_SHARE = 0.3;
/** Pieces in which a source may have fallen between the rows, or that lie at an edge. */
const PIECES_IN_DOUBT = 0.05;

/**
 * Whether an image that lies under the picture is as sharp as that all over, so not blank and no stand-in.
 * @param pixels of the picture, as `colouredPixels`
 * @param rowOf the image's pixels from the left edge, red, green, blue and opacity [row from the top]
 * @returns undefined where the picture is too plain to say
 */
export function isAsSharp(
  pixels: Uint8ClampedArray,
  { width, height }: Pick<GlimpseImage, 'width' | 'height'>,
  rowOf: (row: number) => Uint8Array,
): boolean | undefined {
  let [judged, sharp] = [0, 0];
  for (let k = 0; k < ROWS_COMPARED; k++) {
    const row = Math.floor(((k + 0.5) * height) / ROWS_COMPARED);
    const own = pixels.subarray(4 * row * width, 4 * (row + 1) * width);
    const other = rowOf(row);
    for (let x = 0; x + PIECE_PX <= width; x += PIECE_PX) {
      const expected = variationOf(own, x);
      if (!(expected >= LEAST_VARIATION)) continue;
      judged++;
      if (variationOf(other, x) >= LEAST_SHARE * expected) sharp++;
    }
  }
  return judged === 0 ? undefined : sharp >= (1 - PIECES_IN_DOUBT) * judged;
}

/** Sum of the steps from pixel to pixel in a piece of a row, in green; NaN where a pixel is clear. */
function variationOf(row: Uint8Array | Uint8ClampedArray, x: number): number {
  let sum = 0;
  for (let i = x + 1; i < x + PIECE_PX; i++) {
    if (row[4 * i + 3] !== 255) return NaN;
    sum += Math.abs(row[4 * i + 1]! - row[4 * i - 3]!);
  }
  return sum;
}

/** Places looked at each way, and the room around each that has to have values too [pixel]. */
const PLACES_PER_SIDE = 6;
const ROOM_PX = 3;

/** Directions, evenly over the picture, where the field has pixels. */
export function placesWithPixels({ values, width, height, projection }: GlimpseImage): readonly Vector[] {
  const hasValues = (x: number, y: number): boolean => {
    for (const dy of [-ROOM_PX, 0, ROOM_PX]) {
      for (const dx of [-ROOM_PX, 0, ROOM_PX]) {
        if (!Number.isFinite(values[(y + dy) * width + x + dx])) return false;
      }
    }
    return true;
  };
  const places: Vector[] = [];
  for (let row = 0; row < PLACES_PER_SIDE; row++) {
    for (let column = 0; column < PLACES_PER_SIDE; column++) {
      const x = Math.floor(((column + 0.5) * width) / PLACES_PER_SIDE);
      const y = Math.floor(((row + 0.5) * height) / PLACES_PER_SIDE);
      if (x < ROOM_PX || y < ROOM_PX || x >= width - ROOM_PX || y >= height - ROOM_PX || !hasValues(x, y)) continue;
      const { raDeg, decDeg } = skyAt(projection, x + 0.5, y + 0.5);
      places.push(unitVector(raDeg, decDeg));
    }
  }
  return places;
}
