/** Tile-compressed images (FITS standard 4.0 §10): where their tiles lie, and the pixels of one tile. */
import { DomainFailure } from '../result/failure.ts';
import type { ByteSource } from './byte-source.ts';
import type { Dithering } from './dequantise.ts';
import { dequantise, ditheringOf } from './dequantise.ts';
import type { Hdu } from './hdu.ts';
import { readExactly } from './hdu.ts';
import type { FitsHeader } from './header.ts';
import type { Pixels } from './pixel-decoder.ts';
import { pixelDecoderOf } from './pixel-decoder.ts';
import type { ColumnLayout } from './column-layout.ts';
import { columnLayouts } from './column-layout.ts';
import { storedBytes } from './table-format.ts';
import type { StoredPixels, TileCodec } from './tile-codecs/codec.ts';
import { BrokenTile } from './tile-codecs/codec.ts';
import { decodeGzip1 } from './tile-codecs/gzip.ts';
import { bigEndianPixels } from './tile-codecs/plain.ts';
import { tileCodecOf } from './tile-codecs/registry.ts';

/** Bytes of one tile in the table's heap. */
export interface TileBytes {
  /** From the beginning of the file. */
  readonly offset: number;
  readonly length: number;
  readonly packing: 'compressed' | 'gzipped' | 'plain';
  readonly scale: number | undefined;
  readonly zero: number | undefined;
  readonly blank: number | undefined;
}

/** A tile-compressed image, understood; no tile has been read. */
export interface CompressedImage {
  readonly source: ByteSource;
  readonly hdu: Hdu;
  /** Lengths of the image's axes and of a full tile's, NAXIS1 first. */
  readonly axes: readonly number[];
  readonly tileAxes: readonly number[];
  /** Tiles along each axis. */
  readonly tileCounts: readonly number[];
  readonly codec: TileCodec;
  readonly dithering: Dithering;
  readonly firstDitherRow: number;
  readonly isFloat: boolean;
  /** BSCALE, BZERO and BLANK of the image itself. */
  readonly scale: number;
  readonly zero: number;
  readonly blank: number | undefined;
  readonly columns: ReadonlyMap<string, ColumnLayout>;
  readonly parameter: (name: string) => number | undefined;
  readonly allocate: (count: number) => Pixels;
}

/** Typed arrays of larger tiles would pass the gigabyte; 11,585 × 11,585 fits. */
const MAXIMUM_TILE_PIXELS = 1 << 27;

/**
 * A tile of more than MODEST_PIXELS must have its bytes: a few damaged ones in a header could else promise gigabytes. No
 * codec but gzip packs more pixels into a byte, and gzip only where a large tile is constant.
 */
const MODEST_PIXELS = 1 << 22;
const MAXIMUM_PIXELS_PER_BYTE = 64;

/** @throws DomainFailure 'fits-unsupported', 'fits-header-invalid' */
export function compressedImageOf(source: ByteSource, hdu: Hdu): CompressedImage {
  const table = hdu.tileTable!;
  const { header } = table;
  const unsupported = (what: string): DomainFailure =>
    new DomainFailure({ kind: 'fits-unsupported', path: source.name, what });
  const invalid = (what: string): DomainFailure =>
    new DomainFailure({ kind: 'fits-header-invalid', path: source.name, what });

  const compression = header.word('ZCMPTYPE') ?? '';
  const codec = tileCodecOf(compression.toUpperCase());
  if (codec === undefined) throw unsupported(`the tile compression ${compression === '' ? '(none)' : compression}`);
  if (header.has('ZMASKCMP')) throw unsupported('a compressed mask of missing pixels (ZMASKCMP)');
  const dithering = ditheringOf(header.word('ZQUANTIZ'));
  if (dithering === undefined) throw unsupported(`the quantisation ${header.word('ZQUANTIZ')}`);

  // A spectrum is an image of one row.
  const axes = hdu.axes.length === 1 ? [...hdu.axes, 1] : hdu.axes;
  const tileAxes = axes.map((length, axis) => {
    const tile = header.number(`ZTILE${axis + 1}`) ?? (axis === 0 ? length : 1);
    if (!Number.isSafeInteger(tile) || tile < 1) throw invalid(`ZTILE${axis + 1} = ${tile}`);
    return Math.min(tile, Math.max(1, length));
  });
  const tilePixels = tileAxes.reduce((product, length) => product * length, 1);
  if (tilePixels > MAXIMUM_TILE_PIXELS) throw unsupported(`tiles of ${tilePixels} pixels`);
  const tileCounts = axes.map((length, axis) => Math.ceil(length / tileAxes[axis]!));
  const tileCount = tileCounts.reduce((product, count) => product * count, 1);
  const rowCount = table.axes[1] ?? 0;
  if (tileCount > rowCount) throw invalid(`${rowCount} rows for ${tileCount} tiles`);

  const layouts = columnLayouts(source, { ...hdu, header, axes: table.axes });
  const blank = hdu.header.value('BLANK') ?? header.value('ZBLANK');
  const isFloat = (hdu.header.number('BITPIX') ?? 0) < 0;
  const decoder = pixelDecoderOf(hdu.header);
  return {
    source,
    hdu,
    axes,
    tileAxes,
    tileCounts,
    codec,
    dithering,
    firstDitherRow: header.number('ZDITHER0') ?? 1,
    isFloat,
    scale: hdu.header.number('BSCALE') ?? 1,
    zero: hdu.header.number('BZERO') ?? 0,
    blank: !isFloat && typeof blank === 'number' ? blank : undefined,
    columns: new Map(layouts.map((layout) => [layout.name.toUpperCase(), layout])),
    parameter: (name) => parameterOf(header, name),
    allocate: (count) => decoder.allocate(count),
  };
}

function parameterOf(header: FitsHeader, name: string): number | undefined {
  for (let i = 1; header.has(`ZNAME${i}`); i++) {
    if (header.word(`ZNAME${i}`)?.toUpperCase() === name) return header.number(`ZVAL${i}`);
  }
  return undefined;
}

/** Where each tile of rows `first` … `first + count − 1` of the table lies. @throws DomainFailure 'fits-data-invalid' */
export async function locateTiles(image: CompressedImage, first: number, count: number): Promise<TileBytes[]> {
  const { axes, header } = image.hdu.tileTable!;
  const rowBytes = axes[0]!;
  const bytes = await readExactly(image.source, image.hdu.dataOffset + first * rowBytes, count * rowBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const heapStart = header.number('THEAP') ?? rowBytes * (axes[1] ?? 0);
  return Array.from({ length: count }, (_, i) => {
    const row = i * rowBytes;
    const number = (name: string): number | undefined => {
      const layout = image.columns.get(name);
      return layout === undefined ? header.number(name) : numberIn(view, row, layout);
    };
    const quantisation = { scale: number('ZSCALE'), zero: number('ZZERO'), blank: number('ZBLANK') };
    for (const [name, packing] of PACKINGS) {
      const layout = image.columns.get(name);
      const found = layout === undefined ? undefined : descriptorIn(view, row, layout);
      if (found === undefined || found.length === 0) continue;
      const isInside = found.offset >= 0 && heapStart + found.offset + found.length <= image.hdu.dataBytes;
      if (!isInside) throw brokenTile(image, first + i, 'it points outside the heap');
      const offset = image.hdu.dataOffset + heapStart + found.offset;
      return { offset, length: found.length, packing, ...quantisation };
    }
    throw brokenTile(image, first + i, 'it has no bytes');
  });
}

const PACKINGS = [
  ['COMPRESSED_DATA', 'compressed'],
  ['GZIP_COMPRESSED_DATA', 'gzipped'],
  ['UNCOMPRESSED_DATA', 'plain'],
] as const;

function descriptorIn(
  view: DataView,
  row: number,
  { format, offsetBytes }: ColumnLayout,
): { readonly length: number; readonly offset: number } | undefined {
  const at = row + offsetBytes;
  if (format.descriptor === undefined || format.repeat === 0) return undefined;
  const isWide = format.descriptor === 'Q';
  const count = isWide ? Number(view.getBigInt64(at)) : view.getUint32(at);
  const offset = isWide ? Number(view.getBigInt64(at + 8)) : view.getUint32(at + 4);
  return { length: Math.max(0, storedBytes(format.letter, count)), offset };
}

function numberIn(view: DataView, row: number, { format, offsetBytes }: ColumnLayout): number | undefined {
  const at = row + offsetBytes;
  switch (format.letter) {
    case 'D':
      return view.getFloat64(at);
    case 'E':
      return view.getFloat32(at);
    case 'J':
      return view.getInt32(at);
    case 'I':
      return view.getInt16(at);
    default:
      return undefined;
  }
}

/**
 * The physical values of one tile, the fastest axis first.
 * @param index row of the table, from 0
 * @param shape lengths of the tile's axes: shorter than a full tile's at the edges of the image
 * @throws DomainFailure 'fits-data-invalid'
 */
export function decodeTile(
  image: CompressedImage,
  index: number,
  tile: TileBytes,
  shape: readonly number[],
  bytes: Uint8Array,
): Pixels {
  const pixelCount = shape.reduce((product, length) => product * length, 1);
  if (pixelCount > MODEST_PIXELS && pixelCount > bytes.length * MAXIMUM_PIXELS_PER_BYTE) {
    throw brokenTile(image, index, `${bytes.length} bytes cannot hold ${pixelCount} pixels`);
  }
  const quantisedBy = image.isFloat && tile.packing === 'compressed' ? tile.scale : undefined;
  const request = {
    pixelCount,
    widthPix: shape[0]!,
    heightPix: pixelCount / shape[0]!,
    holds: image.isFloat && quantisedBy === undefined ? ('floats' as const) : ('integers' as const),
    parameter: image.parameter,
    inflate: image.source.inflate,
  };
  let stored: StoredPixels;
  try {
    const codec = { compressed: image.codec, gzipped: decodeGzip1, plain: bigEndianPixels }[tile.packing];
    stored = codec(bytes, request);
    if (stored.length !== pixelCount) throw new BrokenTile(`${stored.length} pixels instead of ${pixelCount}`);
  } catch (thrown) {
    if (thrown instanceof BrokenTile) throw brokenTile(image, index, thrown.message);
    throw thrown;
  }
  const values = image.allocate(pixelCount);
  if (quantisedBy !== undefined) {
    const { dithering, firstDitherRow } = image;
    const ditherRow = index + firstDitherRow;
    dequantise(stored, { scale: quantisedBy, zero: tile.zero ?? 0, blank: tile.blank, dithering, ditherRow }, values);
  }
  const from = quantisedBy === undefined ? stored : values;
  const { scale, zero, blank } = image;
  for (let i = 0; i < pixelCount; i++) values[i] = from[i] === blank ? Number.NaN : from[i]! * scale + zero;
  return values;
}

const brokenTile = (image: CompressedImage, index: number, why: string): DomainFailure =>
  new DomainFailure({ kind: 'fits-data-invalid', path: image.source.name, what: `tile ${index + 1}: ${why}` });
