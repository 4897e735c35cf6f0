import type { ExportFormat, ExportRequest } from '../../contract/export.ts';
import { exportRequest, isPictureFormat } from '../../contract/export.ts';
import { TABLE_FILE_FORMATS } from '../../contract/table-formats.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { DoorAnswer } from '../web/door-answer.ts';
import type { EngineServices } from '../engine-services.ts';
import type { ExportFile } from './export-list.ts';
import { exportListOf } from './export-list.ts';
import { exportPictureOf } from './export-picture.ts';
import type { OpenProject } from '../project/open-project.ts';

const OTHER_ENDINGS = {
  ds9: '.reg',
  crtf: '.crtf',
  moc: '.fits',
  'cutout-fits': '.fits',
  'cutout-png': '.png',
} as const;

const endingOf = (format: ExportFormat): string =>
  format in OTHER_ENDINGS
    ? OTHER_ENDINGS[format as keyof typeof OTHER_ENDINGS]
    : TABLE_FILE_FORMATS[format as keyof typeof TABLE_FILE_FORMATS].endings[0];

/** What the file is called: the list leaves the window that says what it is, so its name has to. */
export function exportFileName(project: OpenProject, request: ExportRequest): string {
  const { rows, threshold, format } = request;
  const { name } = project.store.description;
  if (format === 'moc') return `${name}-coverage.fits`;
  if (isPictureFormat(format)) {
    const source = project.field.field.catalogue.name[request.row ?? -1] ?? 'cutout';
    return `${source.replace(/[^\w.+-]+/g, '_')}${endingOf(format)}`;
  }
  const run = project.shownRun;
  const what = rows === 'flagged' ? ['flagged', String(threshold)] : [rows];
  const marks = [
    ...(run?.isTrained === false ? ['UNTRAINED'] : []),
    ...(run?.state === 'complete' ? [] : ['unfinished']),
  ];
  return `${[name, ...what, ...marks].join('-')}${endingOf(format)}`;
}

/**
 * The list or the regions of the run on screen, the coverage of the field, or the picture about a source.
 * @throws DomainFailure run-not-found where a list has no run, argument-invalid (rows that the catalogue does not have)
 */
export function exportFileOf(
  project: OpenProject,
  services: EngineServices,
  request: ExportRequest,
  softwareVersion: string,
): Promise<ExportFile> {
  const fileName = exportFileName(project, request);
  const { format } = request;
  return isPictureFormat(format)
    ? exportPictureOf(project, services, { ...request, format }, fileName, softwareVersion)
    : exportListOf(project, services, { ...request, format }, fileName, softwareVersion);
}

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
  const file = await exportFileOf(project, services, parsed.data, softwareVersion);
  return { status: 200, contentType: file.mediaType, body: file.pieces(), fileName: file.fileName };
}

function parsedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
