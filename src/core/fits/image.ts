/**
 * Data flow 1/5: FITS bytes → pixels of a window.
 * After it: core/cutout/make-cutout.ts.
 */
import { DomainFailure } from '../result/failure.ts';
import type { ByteSource } from './byte-source.ts';
import { compressedImageOf } from './compressed-image.ts';
import type { Hdu, HduSelector } from './hdu.ts';
import { findHdu, readExactly, readHdus } from './hdu.ts';
import type { FitsHeader } from './header.ts';
import type { PixelDecoder, Pixels } from './pixel-decoder.ts';
import { pixelDecoderOf } from './pixel-decoder.ts';
import { TileReader } from './tile-reader.ts';

/** An image of a FITS file, opened: no pixel has been read. Axes 1 and 2 are the plane, the others number the planes. */
export interface FitsImage {
  readonly source: ByteSource;
  readonly hdu: Hdu;
  readonly header: FitsHeader;
  readonly widthPix: number;
  readonly heightPix: number;
  /** Product of the axes from the third on; 1 where they are degenerate or there are none. */
  readonly planeCount: number;
  /** BUNIT as the file spells it; undefined where it has none. */
  readonly unit: string | undefined;
  readonly decoder: PixelDecoder;
  /** Where the image is tile-compressed: decodes its tiles and keeps the last ones (64 MiB). */
  readonly tiles: TileReader | undefined;
}

/** A rectangle of pixels [0-based, row-major, lowest FITS y first]; it may lie outside the image in part or in whole. */
export interface ImageWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 … planeCount − 1; 0 where not given. */
  readonly plane?: number | undefined;
}

/** Rows further apart than this are read one by one rather than with everything between them. */
const MAXIMUM_SPAN_BYTES = 1 << 20;

/** Whole rows are read in pieces of this size: raw bytes of a large image do not lie in memory beside its pixels. */
const MAXIMUM_READ_BYTES = 64 << 20;

/** Row reads under way at once. */
const ROWS_IN_FLIGHT = 16;

/**
 * Opens the image that `selector` names, or the first one with two axes.
 * @throws DomainFailure 'fits-no-image'; 'fits-unsupported' for random groups and what of tile compression is not read; what `readHdus` throws
 */
export async function openImage(source: ByteSource, selector?: HduSelector): Promise<FitsImage> {
  const hdus = await readHdus(source);
  const chosen = selector === undefined ? hdus.find(isPlane) : findHdu(hdus, selector);
  if (chosen === undefined || !isPlane(chosen)) throw noImage(source, chosen === undefined ? hdus : [chosen]);
  return imageOf(source, chosen);
}

/** Whether an HDU has pixels in at least two axes. */
export const isPlane = (hdu: Hdu): boolean =>
  (hdu.kind === 'image' || hdu.kind === 'compressed-image') &&
  hdu.axes.length >= 2 &&
  hdu.axes.every((length) => length > 0);

function noImage(source: ByteSource, hdus: readonly Hdu[]): DomainFailure {
  const unsupported = (what: string): DomainFailure =>
    new DomainFailure({ kind: 'fits-unsupported', path: source.name, what });
  if (hdus.some((hdu) => hdu.kind === 'random-groups')) return unsupported('random groups (visibilities)');
  return new DomainFailure({ kind: 'fits-no-image', path: source.name });
}

/** Planes of an image with these axes: the product of those from the third on. */
export const planeCountOf = (axes: readonly number[]): number =>
  axes.slice(2).reduce((product, length) => product * length, 1);

/** The image of an HDU with pixels; one with a single axis is an image of one row. */
export function imageOf(source: ByteSource, hdu: Hdu): FitsImage {
  const [widthPix, heightPix = 1] = hdu.axes;
  return {
    source,
    hdu,
    header: hdu.header,
    widthPix: widthPix!,
    heightPix,
    planeCount: planeCountOf(hdu.axes),
    unit: hdu.header.word('BUNIT'),
    decoder: pixelDecoderOf(hdu.header),
    tiles: hdu.kind === 'compressed-image' ? new TileReader(compressedImageOf(source, hdu)) : undefined,
  };
}

/**
 * The pixels of a window, BSCALE, BZERO and BLANK applied, NaN where the window leaves the image. Reads only the rows
 * or tiles it needs. Float64Array for 64- and 32-bit integers and doubles, Float32Array for the others, which it holds exactly.
 * @param into pixels of an earlier window that are not needed any more, whose memory may be used again
 * @throws DomainFailure 'fits-data-invalid' for a tile that cannot be unpacked; 'argument-invalid' for a plane the image does not have or a window that is no rectangle of pixels
 */
export async function readWindow(image: FitsImage, window: ImageWindow, into?: Pixels): Promise<Pixels> {
  const { widthPix, heightPix, decoder } = image;
  const { x, y, width, height } = window;
  const plane = window.plane ?? 0;
  if (![x, y, width, height].every(Number.isSafeInteger) || width < 0 || height < 0) {
    throw argumentInvalid('window', `x ${x}, y ${y}, width ${width}, height ${height} is no rectangle of pixels`);
  }
  if (!Number.isInteger(plane) || plane < 0 || plane >= image.planeCount) {
    throw argumentInvalid('plane', `${plane} is not one of the ${image.planeCount} planes of ${image.source.name}`);
  }
  const isWholeRows = x === 0 && width === widthPix && y >= 0 && y + height <= heightPix;
  if (isWholeRows && 4 * width * height <= MAXIMUM_READ_BYTES) {
    const rows = await readPlainRows(image, plane * heightPix + y, height, into);
    if (rows !== undefined) return rows;
  }
  const pixels = decoder.allocate(width * height);
  const firstColumn = Math.max(0, x);
  const columns = Math.min(widthPix, x + width) - firstColumn;
  const firstRow = Math.max(0, y);
  const rows = Math.min(heightPix, y + height) - firstRow;
  if (columns < width || rows < height) pixels.fill(Number.NaN);
  if (columns <= 0 || rows <= 0) return pixels;
  if (image.tiles !== undefined) {
    const start = (firstRow - y) * width + (firstColumn - x);
    await image.tiles.read({ plane, x: firstColumn, y: firstRow, columns, rows, pixels, start, stride: width });
    return pixels;
  }

  const { bytesPerPixel } = decoder;
  const rowBytes = widthPix * bytesPerPixel;
  const needed = columns * bytesPerPixel;
  const offset = image.hdu.dataOffset + (plane * heightPix + firstRow) * rowBytes + firstColumn * bytesPerPixel;
  const target = (row: number): number => (row + firstRow - y) * width + (firstColumn - x);
  const spanBytes = (rows - 1) * rowBytes + needed;
  if (columns === widthPix || spanBytes <= MAXIMUM_SPAN_BYTES) {
    const rowsPerRead = Math.max(1, Math.floor(MAXIMUM_READ_BYTES / rowBytes));
    for (let start = 0; start < rows; start += rowsPerRead) {
      const count = Math.min(rowsPerRead, rows - start);
      const bytes = await readExactly(image.source, offset + start * rowBytes, (count - 1) * rowBytes + needed);
      const view = viewOf(bytes);
      for (let row = 0; row < count; row++) decoder.decode(view, row * rowBytes, pixels, target(start + row), columns);
    }
    return pixels;
  }
  for (let start = 0; start < rows; start += ROWS_IN_FLIGHT) {
    const end = Math.min(rows, start + ROWS_IN_FLIGHT);
    const reads = Array.from({ length: end - start }, (_, i) =>
      readExactly(image.source, offset + (start + i) * rowBytes, needed),
    );
    (await Promise.all(reads)).forEach((bytes, i) =>
      decoder.decode(viewOf(bytes), 0, pixels, target(start + i), columns),
    );
  }
  return pixels;
}

/** Whole rows without a copy, where the bytes of the file are the pixels but for their order; undefined elsewhere. */
async function readPlainRows(
  image: FitsImage,
  row: number,
  count: number,
  into: Pixels | undefined,
): Promise<Float32Array | undefined> {
  const { source, decoder, widthPix, hdu } = image;
  if (image.tiles !== undefined || !decoder.isPlainFloat32 || source.swap32 === undefined) return undefined;
  const bytes = await readExactly(source, hdu.dataOffset + 4 * row * widthPix, 4 * count * widthPix, bytesOf(into));
  source.swap32(bytes);
  return new Float32Array(bytes.buffer, bytes.byteOffset, count * widthPix);
}

/** Lent pixels as the bytes that they are; undefined where they do not begin their memory, as bytes from a source do. */
function bytesOf(pixels: Pixels | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (!(pixels?.buffer instanceof ArrayBuffer) || pixels.byteOffset !== 0) return undefined;
  return new Uint8Array(pixels.buffer, 0, pixels.byteLength);
}

const viewOf = (bytes: Uint8Array<ArrayBuffer>): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

const argumentInvalid = (name: string, why: string): DomainFailure =>
  new DomainFailure({ kind: 'argument-invalid', name, why });
