import type { HduDescription } from '../../core/fits/describe-hdus.ts';
import { describeHdus } from '../../core/fits/describe-hdus.ts';
import type { Hdu } from '../../core/fits/hdu.ts';
import { readHdus } from '../../core/fits/hdu.ts';
import { isPlane } from '../../core/fits/image.ts';
import type { FitsHeader } from '../../core/fits/header.ts';
import { describeError } from '../../core/result/describe-error.ts';
import { domainErrorOf } from '../../core/result/failure.ts';
import { wcsOf } from '../../core/sky/wcs.ts';
import type { Wcs } from '../../core/sky/wcs-types.ts';
import type { Column } from '../../core/table/table.ts';
import { ARCSEC_PER_DEGREE } from '../../core/units/quantities.ts';
import { openFileSource } from '../fits-files/file-source.ts';
import { resolveFitsPath } from '../fits-files/fits-path.ts';
import { readTableFile, tableFormat } from './read-table-file.ts';
import type { TableFormat } from './table-format.ts';

/** What a file holds, as plain data: undefined things are null, so that JSON says them. */
export type FileSummary =
  | { readonly path: string; readonly kind: 'fits'; readonly hdus: readonly HduSummary[] }
  | {
      readonly path: string;
      readonly kind: 'table';
      readonly format: Exclude<TableFormat, 'FITS'>;
      readonly rowCount: number;
      readonly columns: readonly { readonly name: string; readonly type: string; readonly unit: string | null }[];
    };

/** An HDU as `describeHdus` says it, and where its pixels lie on the sky. */
export interface HduSummary {
  readonly index: number;
  readonly kind: HduDescription['kind'];
  readonly name: string | null;
  readonly bitpix: number;
  /** NAXIS1 first; of a table, bytes per row and rows. */
  readonly axes: readonly number[];
  readonly unit: string | null;
  readonly rowCount: number | null;
  readonly columns: readonly { readonly name: string; readonly form: string; readonly unit: string | null }[];
  readonly image: ImageSummary | null;
  /** Why Lobate does not read it; null where it does. */
  readonly notReadBecause: string | null;
}

export interface ImageSummary {
  readonly wcs: {
    readonly projection: string;
    readonly pixelScaleArcsec: number;
    readonly centre: { readonly raDeg: number; readonly decDeg: number } | null;
  } | null;
  /** Why there is no WCS. */
  readonly wcsProblem: string | null;
  readonly beam: { readonly majArcsec: number; readonly minArcsec: number; readonly paDeg: number } | null;
}

/**
 * Looks into a file; of FITS only the headers are read.
 * @throws DomainFailure as `readTableFile` and `readHdus`
 */
export async function inspectFile(path: string): Promise<FileSummary> {
  const resolved = await resolveFitsPath(path);
  const format = await tableFormat(resolved.path);
  if (format !== 'FITS') {
    const { rowCount, columns } = await readTableFile(path);
    return {
      path,
      kind: 'table',
      format,
      rowCount,
      columns: columns.map((column) => ({ name: column.name, type: typeOf(column), unit: column.unit ?? null })),
    };
  }
  const source = await openFileSource(resolved.path);
  try {
    const hdus = await readHdus(source);
    const descriptions = await describeHdus(source);
    return {
      path,
      kind: 'fits',
      hdus: descriptions.map((description, index) => hduSummary(description, hdus[index]!, path)),
    };
  } finally {
    await source.close();
  }
}

function typeOf({ data }: Column): string {
  if (data instanceof Float64Array || data instanceof Float32Array) return 'number';
  if (!Array.isArray(data)) return 'integer';
  return data.some((value) => typeof value === 'boolean') ? 'true/false' : 'text';
}

function hduSummary(description: HduDescription, hdu: Hdu, path: string): HduSummary {
  return {
    index: description.index,
    kind: description.kind,
    name: description.name ?? null,
    bitpix: description.bitpix,
    axes: description.axes,
    unit: description.unit ?? null,
    rowCount: description.rowCount ?? null,
    columns: description.columns.map(({ name, form, unit }) => ({ name, form, unit: unit ?? null })),
    image: isPlane(hdu) ? imageSummary(hdu, path) : null,
    notReadBecause: description.notReadBecause ?? null,
  };
}

function imageSummary({ header, axes }: Hdu, path: string): ImageSummary {
  const found = tryWcs(header, path);
  return {
    wcs: found.wcs === undefined ? null : wcsSummary(found.wcs, axes),
    wcsProblem: found.problem,
    beam: beamOf(header),
  };
}

function tryWcs(header: FitsHeader, path: string): { readonly wcs: Wcs | undefined; readonly problem: string | null } {
  try {
    return { wcs: wcsOf(header, path), problem: null };
  } catch (thrown) {
    const error = domainErrorOf(thrown);
    if (error === undefined) throw thrown;
    return { wcs: undefined, problem: describeError(error) };
  }
}

function wcsSummary(wcs: Wcs, axes: readonly number[]): ImageSummary['wcs'] {
  const centre = wcs.pixelToSky(((axes[0] ?? 1) - 1) / 2, ((axes[1] ?? 1) - 1) / 2);
  return {
    projection: wcs.projection,
    pixelScaleArcsec: wcs.pixelScaleArcsec,
    centre: centre === undefined ? null : { raDeg: centre.ra, decDeg: centre.dec },
  };
}

function beamOf(header: FitsHeader): ImageSummary['beam'] {
  const maj = header.number('BMAJ');
  const min = header.number('BMIN');
  if (maj === undefined || min === undefined) return null;
  return {
    majArcsec: maj * ARCSEC_PER_DEGREE,
    minArcsec: min * ARCSEC_PER_DEGREE,
    paDeg: header.number('BPA') ?? 0,
  };
}
