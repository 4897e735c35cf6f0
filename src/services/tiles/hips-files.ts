import { TILE_SIDE_PIX } from './tile-grid.ts';

/** The files of a HiPS (Fernique et al. 2017, IVOA recommendation HiPS 1.0) as bytes. */

const BLOCK_BYTES = 2880;
const CARD_LENGTH = 80;

function card(keyword: string, value?: string | number | boolean): string {
  if (value === undefined) return keyword.padEnd(CARD_LENGTH);
  const text =
    typeof value === 'string'
      ? `'${value.padEnd(8)}'`
      : (typeof value === 'boolean' ? (value ? 'T' : 'F') : String(value)).padStart(20);
  return `${keyword.padEnd(8)}= ${text}`.padEnd(CARD_LENGTH);
}

function headerBlock(cards: readonly string[]): Uint8Array {
  const text = [...cards, card('END')].join('');
  return new TextEncoder().encode(text.padEnd(Math.ceil(text.length / BLOCK_BYTES) * BLOCK_BYTES));
}

const padded = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;

/** One tile as a FITS image of 32-bit floats. The length is always that of a complete file: Aladin dies of a short one. */
export function tileFits(values: Float32Array, order: number, pixel: number): Uint8Array<ArrayBuffer> {
  const header = headerBlock([
    card('SIMPLE', true),
    card('BITPIX', -32),
    card('NAXIS', 2),
    card('NAXIS1', TILE_SIDE_PIX),
    card('NAXIS2', TILE_SIDE_PIX),
    card('ORDER', order),
    card('NPIX', pixel),
  ]);
  const bytes = new Uint8Array(header.length + padded(values.byteLength));
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.length);
  for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i]!, false);
  return bytes;
}

/** The HEALPix pixels of one order that the field covers, as a MOC (NUNIQ numbering) in a FITS table. */
export function mocFits(order: number, pixels: readonly number[]): Uint8Array<ArrayBuffer> {
  const primary = headerBlock([card('SIMPLE', true), card('BITPIX', 8), card('NAXIS', 0), card('EXTEND', true)]);
  const table = headerBlock([
    card('XTENSION', 'BINTABLE'),
    card('BITPIX', 8),
    card('NAXIS', 2),
    card('NAXIS1', 8),
    card('NAXIS2', pixels.length),
    card('PCOUNT', 0),
    card('GCOUNT', 1),
    card('TFIELDS', 1),
    card('TFORM1', '1K'),
    card('TTYPE1', 'UNIQ'),
    card('PIXTYPE', 'HEALPIX'),
    card('ORDERING', 'NUNIQ'),
    card('COORDSYS', 'C'),
    card('MOCORDER', order),
    card('MOCTOOL', 'Lobate'),
  ]);
  const start = primary.length + table.length;
  const bytes = new Uint8Array(start + padded(8 * pixels.length));
  bytes.set(primary);
  bytes.set(table, primary.length);
  const view = new DataView(bytes.buffer, start);
  pixels.forEach((pixel, i) => view.setBigInt64(8 * i, BigInt(pixel) + 4n * 4n ** BigInt(order), false));
  return bytes;
}

export interface HipsDescription {
  readonly title: string;
  readonly order: number;
  /** Range of values shown at first. */
  readonly cut: { readonly low: number; readonly high: number };
  readonly initialView: { readonly raDeg: number; readonly decDeg: number; readonly fovDeg: number };
}

/**
 * The `properties` file. Aladin Lite 3.8.2 panics where `hips_pixel_bitpix` or `dataproduct_type` is missing.
 */
export function propertiesText({ title, order, cut, initialView }: HipsDescription): string {
  const entries: readonly (readonly [string, string | number])[] = [
    ['creator_did', 'ivo://lobate/field'],
    ['obs_title', title],
    ['dataproduct_type', 'image'],
    ['hips_version', '1.4'],
    ['hips_status', 'private master unclonable'],
    ['hips_frame', 'equatorial'],
    ['hips_order', order],
    ['hips_order_min', 0],
    ['hips_tile_width', TILE_SIDE_PIX],
    ['hips_tile_format', 'fits'],
    ['hips_pixel_bitpix', -32],
    ['hips_pixel_cut', `${cut.low} ${cut.high}`],
    ['hips_initial_ra', initialView.raDeg],
    ['hips_initial_dec', initialView.decDeg],
    ['hips_initial_fov', initialView.fovDeg],
  ];
  return entries.map(([key, value]) => `${key.padEnd(20)} = ${value}\n`).join('');
}
