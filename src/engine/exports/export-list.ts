import type { ExportFormat, ExportRequest, PictureFormat } from '../../contract/export.ts';
import { TABLE_FILE_FORMATS } from '../../contract/table-formats.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { parseRowRanges } from '../../core/table/row-ranges.ts';
import type { OnRows } from '../../core/table/row-spans.ts';
import { deviceText } from '../../services/export/device-text.ts';
import { inputFilesOf } from '../../services/export/input-files.ts';
import { labelsOfProject } from '../../services/export/list-labels.ts';
import { REGION_FILES, regionRowOf, regionsOf } from '../../services/export/list-regions.ts';
import { chosenRows, predictionList } from '../../services/export/prediction-list.ts';
import { TABLE_WRITERS } from '../../services/table-writers/table-writers.ts';
import type { EngineServices } from '../engine-services.ts';
import type { OpenProject } from '../project/open-project.ts';

/** A file as the window wants it, ready to be written. */
export interface ExportFile {
  readonly fileName: string;
  readonly mediaType: string;
  /** Its content, each piece made when it is asked for. */
  readonly pieces: (onRows?: OnRows) => Iterable<Uint8Array | string>;
  /** A second file that belongs beside it. */
  readonly companion: { readonly suffix: string; readonly content: string } | undefined;
  /** Rows, regions, cells of a coverage; 1 for a picture. */
  readonly rows: number;
  /** Catalogue rows of a table, in its order; undefined where they are all there. */
  readonly catalogueRows: readonly number[] | undefined;
}

export type ListFormat = Exclude<ExportFormat, PictureFormat>;

/**
 * The list or the regions of the run on screen.
 * @throws DomainFailure run-not-found where there is none, argument-invalid (rows that the catalogue does not have)
 */
export async function exportListOf(
  project: OpenProject,
  services: EngineServices,
  request: ExportRequest & { readonly format: ListFormat },
  fileName: string,
  softwareVersion: string,
): Promise<ExportFile> {
  const run = project.shownRun;
  if (run === undefined || project.predictions === undefined) throw new DomainFailure({ kind: 'run-not-found', id: 0 });
  const { field } = project.field;
  const predictions = [...project.predictions.rows()];
  const { rows, threshold, format, columnNames, ellipse } = request;
  const selectedRows =
    rows === 'selection' ? parseRowRanges(request.selectedRows ?? '', field.catalogue.rowCount) : undefined;
  const choice = { rows, selectedRows, threshold, columnNames };

  if (format === 'ds9' || format === 'crtf') {
    const chosen = chosenRows(predictions, choice);
    const regions = regionsOf(
      field.catalogue,
      predictions.filter(({ row }) => chosen?.has(row) ?? true).map((prediction) => regionRowOf(prediction, threshold)),
      ellipse,
    );
    const untrained = run.isTrained ? '' : ' UNTRAINED model: not a result.';
    const notes = [`Model ${run.modelId}; rows: ${rows}; class MC at P(MC) >= ${threshold}.${untrained}`];
    const options = { size: ellipse, software: `Lobate ${softwareVersion}`, notes };
    return {
      fileName,
      mediaType: 'text/plain; charset=utf-8',
      pieces: (onRows) => REGION_FILES[format](regions, options, onRows),
      companion: undefined,
      rows: regions.length,
      catalogueRows: undefined,
    };
  }
  const models = await services.listModels();
  const model = models.find(({ description }) => description.weightsSha256 === run.weightsSha256);
  const seed = model?.description.seed ?? Number.NaN;
  const maker = { ...run, seed, softwareVersion, device: deviceText(run.devices) };
  const isPaper = columnNames === 'paper';
  const labels = isPaper ? await labelsOfProject(project.store, model?.folder, field.catalogue) : undefined;
  const inputs = await inputFilesOf(field.files, labels?.file);
  const { table } = predictionList(field, predictions, maker, { ...choice, labels }, inputs);
  const writer = TABLE_WRITERS[format];
  return {
    fileName,
    mediaType: TABLE_FILE_FORMATS[format].mediaType,
    pieces: (onRows) => writer.pieces(table, onRows),
    companion: writer.companion?.(table, fileName),
    rows: table.rowCount,
    catalogueRows: sortedRows(chosenRows(predictions, choice)),
  };
}

const sortedRows = (rows: ReadonlySet<number> | undefined): readonly number[] | undefined =>
  rows === undefined ? undefined : [...rows].sort((a, b) => a - b);
