import type { ExportRequest } from '../contract/export.ts';
import { exportRequest } from '../contract/export.ts';
import { TABLE_FILE_FORMATS } from '../contract/table-formats.ts';
import { DomainFailure } from '../core/result/failure.ts';
import { parseRowRanges } from '../core/table/row-ranges.ts';
import { deviceText } from '../services/export/device-text.ts';
import { labelsOfProject } from '../services/export/list-labels.ts';
import { inputFilesOf } from '../services/export/input-files.ts';
import { REGION_FILES, regionRowOf, regionsOf } from '../services/export/list-regions.ts';
import { chosenRows, predictionList } from '../services/export/prediction-list.ts';
import { TABLE_WRITERS } from '../services/table-writers/table-writers.ts';
import type { DoorAnswer } from './door-answer.ts';
import type { EngineServices } from './engine-services.ts';
import type { OpenProject } from './open-project.ts';

/** A file as the window wants it, made but not written. */
export interface ExportFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly content: Uint8Array | string | Iterable<string>;
  /** A second file that belongs beside it. */
  readonly companion: { readonly suffix: string; readonly content: string } | undefined;
  /** Rows, or regions. */
  readonly rows: number;
  /** Catalogue rows of a table, in its order; undefined where they are all there. */
  readonly catalogueRows: readonly number[] | undefined;
}

const REGION_ENDINGS = { ds9: '.reg', crtf: '.crtf' } as const;

/** What the file is called: the list leaves the window that says what it is, so its name has to. */
export function exportFileName(project: OpenProject, { rows, threshold, format }: ExportRequest): string {
  const run = project.shownRun;
  const what = rows === 'flagged' ? ['flagged', String(threshold)] : [rows];
  const marks = [
    ...(run?.isTrained === false ? ['UNTRAINED'] : []),
    ...(run?.state === 'complete' ? [] : ['unfinished']),
  ];
  const ending = format === 'ds9' || format === 'crtf' ? REGION_ENDINGS[format] : TABLE_FILE_FORMATS[format].endings[0];
  return `${[project.store.description.name, ...what, ...marks].join('-')}${ending}`;
}

/**
 * The list or the regions of the run on screen.
 * @throws DomainFailure run-not-found where there is none, argument-invalid (rows that the catalogue does not have)
 */
export async function exportFileOf(
  project: OpenProject,
  services: EngineServices,
  request: ExportRequest,
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
  const fileName = exportFileName(project, request);

  if (format === 'ds9' || format === 'crtf') {
    const chosen = chosenRows(predictions, choice);
    const regions = regionsOf(
      field.catalogue,
      predictions.filter(({ row }) => chosen?.has(row) ?? true).map((prediction) => regionRowOf(prediction, threshold)),
      ellipse,
    );
    const untrained = run.isTrained ? '' : ' UNTRAINED model: not a result.';
    const notes = [`Model ${run.modelId}; rows: ${rows}; class MC at P(MC) >= ${threshold}.${untrained}`];
    const content = REGION_FILES[format](regions, { size: ellipse, software: `Lobate ${softwareVersion}`, notes });
    return {
      fileName,
      mediaType: 'text/plain; charset=utf-8',
      content,
      companion: undefined,
      rows: regions.length,
      catalogueRows: undefined,
    };
  }
  const models = await services.listModels();
  const model = models.find(({ description }) => description.weightsSha256 === run.weightsSha256);
  const maker = {
    ...run,
    seed: model?.description.seed ?? Number.NaN,
    softwareVersion,
    device: deviceText(run.devices),
  };
  const isPaper = columnNames === 'paper';
  const labels = isPaper ? await labelsOfProject(project.store, model?.folder, field.catalogue) : undefined;
  const inputs = await inputFilesOf(field.files, labels?.file);
  const { table } = predictionList(field, predictions, maker, { ...choice, labels }, inputs);
  const writer = TABLE_WRITERS[format];
  return {
    fileName,
    mediaType: TABLE_FILE_FORMATS[format].mediaType,
    content: writer.content(table),
    companion: writer.companion?.(table, fileName),
    rows: table.rowCount,
    catalogueRows: sortedRows(chosenRows(predictions, choice)),
  };
}

const sortedRows = (rows: ReadonlySet<number> | undefined): readonly number[] | undefined =>
  rows === undefined ? undefined : [...rows].sort((a, b) => a - b);

/** The same as a download: `?request=` is the request as JSON. Undefined where there is no request to answer. */
export async function answerExport(
  url: URL,
  project: OpenProject,
  services: EngineServices,
  softwareVersion: string,
): Promise<DoorAnswer> {
  const parsed = exportRequest.safeParse(parsedJson(url.searchParams.get('request')));
  if (!parsed.success) {
    throw new DomainFailure({ kind: 'argument-invalid', name: 'request', why: 'it is no request for a file' });
  }
  const { fileName, mediaType, content } = await exportFileOf(project, services, parsed.data, softwareVersion);
  return { status: 200, contentType: mediaType, body: typeof content === 'string' ? [content] : content, fileName };
}

function parsedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
