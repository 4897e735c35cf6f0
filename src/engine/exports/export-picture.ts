import type { ExportRequest, PictureFormat } from '../../contract/export.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { degrees } from '../../core/units/quantities.ts';
import { sourceFitsBytes } from '../../services/export/cutout-fits.ts';
import { fieldMoc } from '../../services/export/field-moc.ts';
import { greyPng } from '../../services/export/png.ts';
import { TABLE_WRITERS } from '../../services/table-writers/table-writers.ts';
import type { EngineServices } from '../engine-services.ts';
import type { ExportFile } from './export-list.ts';
import type { OpenProject } from '../project/open-project.ts';

/**
 * The coverage of the field's mosaics; the window about a source as FITS, in the mosaic's own pixels; or the first channel of
 * what the network sees, as PNG.
 * @throws DomainFailure argument-invalid where the source lies on no mosaic or on blank sky, fits-… for unreadable pixels
 */
export async function exportPictureOf(
  project: OpenProject,
  services: EngineServices,
  { format, row }: Pick<ExportRequest, 'row'> & { readonly format: PictureFormat },
  fileName: string,
  softwareVersion: string,
): Promise<ExportFile> {
  const { field, assignment } = project.field;
  const whole = { fileName, companion: undefined, rows: 1, catalogueRows: undefined };
  if (format === 'moc') {
    const moc = await fieldMoc(field.mosaics, softwareVersion);
    const pieces: ExportFile['pieces'] = (onRows) => TABLE_WRITERS.fits.pieces(moc, onRows);
    return { ...whole, mediaType: 'application/fits', pieces, rows: moc.rowCount };
  }
  const { catalogue } = field;
  const mosaic = field.mosaics[assignment.mosaic[row ?? -1] ?? -1];
  if (row === undefined || mosaic === undefined) {
    const why = row === undefined ? 'no source is selected' : 'the source lies on none of the mosaics';
    throw new DomainFailure({ kind: 'argument-invalid', name: 'cutout', why });
  }
  const name = catalogue.name[row]!;
  const position = { ra: degrees(catalogue.raDeg[row]!), dec: degrees(catalogue.decDeg[row]!) };
  const { cutout: recipe } = project.recipe;
  if (format === 'cutout-fits') {
    const software = `Lobate ${softwareVersion}`;
    const content = await sourceFitsBytes(mosaic, position, recipe.windowSidePix, software, name);
    return { ...whole, mediaType: 'image/fits', pieces: () => [content] };
  }
  const made = await services.cutoutOf(mosaic, position, recipe);
  if (made === undefined || made.cutout.validFraction === 0) {
    throw new DomainFailure({ kind: 'argument-invalid', name, why: 'it lies on blank sky' });
  }
  const { channels, sidePix } = made.cutout;
  const texts = { Title: `${name}, ${mosaic.name}`, Software: `Lobate ${softwareVersion}` };
  const content = greyPng(channels.subarray(0, sidePix ** 2), sidePix, sidePix, texts);
  return { ...whole, mediaType: 'image/png', pieces: () => [content] };
}
