import { DomainFailure } from '../result/failure.ts';
import type { ByteSource } from './byte-source.ts';
import { headerOfCompressedImage } from './compressed-header.ts';
import type { FitsHeader } from './header.ts';
import { BLOCK_BYTES, readHeader } from './header.ts';
import { latin1Of } from './latin1.ts';

export type HduKind =
  'empty' | 'image' | 'compressed-image' | 'binary-table' | 'ascii-table' | 'random-groups' | 'other';

/** One header-data unit: its header, and where its data lie. No data byte has been read. */
export interface Hdu {
  readonly index: number;
  readonly kind: HduKind;
  /** EXTNAME; undefined where there is none. */
  readonly name: string | undefined;
  readonly header: FitsHeader;
  /** Lengths of the axes, NAXIS1 first. */
  readonly axes: readonly number[];
  /**
   * Of a compressed image, header and axes of the binary table that holds its tiles; `header` and `axes` are then those
   * of the image itself.
   */
  readonly tileTable?: { readonly header: FitsHeader; readonly axes: readonly number[] } | undefined;
  readonly dataOffset: number;
  /** Data without the padding to a whole block. */
  readonly dataBytes: number;
}

/** An HDU by its number (0 = primary) or by EXTNAME, in any capitalisation. */
export type HduSelector = number | string;

const BITPIX_VALUES: readonly number[] = [8, 16, 32, 64, -32, -64];

const PRIMARY_START = 'SIMPLE  =';
const GZIP_START = '\x1f\x8b';
const EXTENSION_START = 'XTENSION';

/**
 * The HDUs of a file; only headers are read. What follows the last extension and is none itself is ignored, as the
 * standard wants it.
 * @throws DomainFailure 'fits-not-fits', 'fits-unsupported' (gzip), 'fits-truncated' (a header or its data end beyond the file; missing padding
 *   after the last data byte is forgiven), 'fits-header-invalid'
 */
export async function readHdus(source: ByteSource): Promise<Hdu[]> {
  const start = latin1Of(await source.read(0, PRIMARY_START.length));
  if (start.startsWith(GZIP_START)) {
    throw new DomainFailure({
      kind: 'fits-unsupported',
      path: source.name,
      what: 'gzip compression within gzip or in memory',
    });
  }
  if (start !== PRIMARY_START) throw new DomainFailure({ kind: 'fits-not-fits', path: source.name });
  const hdus: Hdu[] = [];
  let offset = 0;
  while (offset < source.sizeBytes) {
    if (hdus.length > 0) {
      const next = latin1Of(await source.read(offset, EXTENSION_START.length));
      if (!EXTENSION_START.startsWith(next)) break;
    }
    const { header, dataOffset } = await readHeader(source, offset);
    const hdu = hduOf(source, header, hdus.length, dataOffset);
    const end = dataOffset + hdu.dataBytes;
    if (hdu.dataBytes > 0 && end > source.sizeBytes) {
      throw new DomainFailure({
        kind: 'fits-truncated',
        path: source.name,
        expectedBytes: roundUpToBlock(end),
        actualBytes: source.sizeBytes,
      });
    }
    hdus.push(hdu);
    offset = dataOffset + roundUpToBlock(hdu.dataBytes);
  }
  return hdus;
}

export const roundUpToBlock = (bytes: number): number => Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;

function hduOf(source: ByteSource, header: FitsHeader, index: number, dataOffset: number): Hdu {
  const whole = (keyword: string, fallback?: number): number => {
    const value = header.number(keyword) ?? fallback;
    if (value === undefined || !Number.isSafeInteger(value) || value < 0) {
      throw invalid(source, value === undefined ? `no ${keyword}` : `${keyword} = ${value}`);
    }
    return value;
  };
  const bitpix = header.number('BITPIX');
  if (bitpix === undefined || !BITPIX_VALUES.includes(bitpix)) {
    throw invalid(source, `BITPIX = ${String(header.value('BITPIX'))}`);
  }
  const axisCount = whole('NAXIS');
  if (axisCount > 999) throw invalid(source, `NAXIS = ${axisCount}`);
  const axes = Array.from({ length: axisCount }, (_, axis) => whole(`NAXIS${axis + 1}`));
  const kind = kindOf(header, axes);
  const countedAxes = kind === 'random-groups' ? axes.slice(1) : axes;
  const elements = axisCount === 0 ? 0 : countedAxes.reduce((product, length) => product * length, 1);
  // PCOUNT and GCOUNT are 0 and 1 in a primary image, where some writers leave other values behind.
  const counts = index === 0 && kind !== 'random-groups' ? [0, 1] : [whole('PCOUNT', 0), whole('GCOUNT', 1)];
  const dataBytes = axisCount === 0 ? 0 : (Math.abs(bitpix) / 8) * counts[1]! * (counts[0]! + elements);
  if (!Number.isSafeInteger(dataBytes)) throw invalid(source, `${dataBytes} bytes of data`);
  const hdu = { index, kind, name: header.word('EXTNAME'), header, axes, dataOffset, dataBytes };
  return kind === 'compressed-image' ? compressedImageIn(source, hdu) : hdu;
}

/** The image that a table of tiles stands for. */
function compressedImageIn(source: ByteSource, table: Hdu): Hdu {
  const header = headerOfCompressedImage(table.header);
  const bitpix = header.number('BITPIX');
  if (bitpix === undefined || !BITPIX_VALUES.includes(bitpix)) {
    throw invalid(source, `ZBITPIX = ${String(header.value('BITPIX'))}`);
  }
  const axisCount = header.number('NAXIS') ?? 0;
  if (!Number.isInteger(axisCount) || axisCount < 0 || axisCount > 999) throw invalid(source, `ZNAXIS = ${axisCount}`);
  const axes = Array.from({ length: axisCount }, (_, axis) => {
    const length = header.number(`NAXIS${axis + 1}`) ?? -1;
    if (!Number.isSafeInteger(length) || length < 0) throw invalid(source, `ZNAXIS${axis + 1} = ${length}`);
    return length;
  });
  const pixelCount = axes.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(pixelCount)) throw invalid(source, `${pixelCount} pixels`);
  return { ...table, header, axes, tileTable: { header: table.header, axes: table.axes } };
}

function kindOf(header: FitsHeader, axes: readonly number[]): HduKind {
  const extension = header.word('XTENSION');
  switch (extension) {
    case undefined:
      if (axes[0] === 0 && header.logical('GROUPS') === true) return 'random-groups';
      return axes.length === 0 ? 'empty' : 'image';
    case 'IMAGE':
    case 'IUEIMAGE':
      return axes.length === 0 ? 'empty' : 'image';
    case 'BINTABLE':
    case 'A3DTABLE':
      return header.logical('ZIMAGE') === true ? 'compressed-image' : 'binary-table';
    case 'TABLE':
      return 'ascii-table';
    default:
      return 'other';
  }
}

const invalid = (source: ByteSource, what: string): DomainFailure =>
  new DomainFailure({ kind: 'fits-header-invalid', path: source.name, what });

/** The HDU that a selector names; undefined where the file has none such. */
export function findHdu(hdus: readonly Hdu[], selector: HduSelector): Hdu | undefined {
  if (typeof selector === 'number') return hdus[selector];
  return hdus.find((hdu) => hdu.name?.toUpperCase() === selector.trim().toUpperCase());
}

/** What a path with brackets at its end asks for. */
export interface FitsPath {
  readonly path: string;
  readonly selector: HduSelector | undefined;
  /** Plane of a cube, from 0; undefined where the path names none. */
  readonly plane?: number | undefined;
}

/**
 * Splits `file.fits[1]`, `file.fits[NAME]`, `file.fits[plane=3]` and `file.fits[1][plane=3]`. HDUs count from 0 (the
 * primary), planes from 1 as FITS counts along its axes. A path without brackets at its end has no selector; whoever opens
 * a file tries the spelling as it stands first, since file names may end in brackets themselves.
 */
export function splitFitsPath(path: string): FitsPath {
  const plane = /^(.+)\[\s*plane\s*=\s*(\d+)\s*\]$/i.exec(path);
  if (plane !== null) return { ...splitSelector(plane[1]!), plane: Number(plane[2]) - 1 };
  return splitSelector(path);
}

function splitSelector(path: string): FitsPath {
  const match = /^(.+)\[([^[\]]+)\]$/.exec(path);
  if (match === null) return { path, selector: undefined };
  const selector = match[2]!.trim();
  return { path: match[1]!, selector: /^\d+$/.test(selector) ? Number(selector) : selector };
}

/** Exactly `length` bytes. @throws DomainFailure 'fits-truncated' when the source has become shorter since it was opened */
export async function readExactly(
  source: ByteSource,
  offset: number,
  length: number,
  into?: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await source.read(offset, length, into);
  if (bytes.length < length) {
    throw new DomainFailure({
      kind: 'fits-truncated',
      path: source.name,
      expectedBytes: offset + length,
      actualBytes: Math.min(source.sizeBytes, offset + bytes.length),
    });
  }
  return bytes;
}
