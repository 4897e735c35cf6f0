import type { CutoutColumns } from '../../contract/column-sets.ts';
import { packColumns } from '../../contract/packed-columns.ts';
import { paths } from '../../contract/paths.ts';
import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { degrees } from '../../core/units/quantities.ts';
import { npyBytes, tensorSha256 } from '../../services/export/npy.ts';
import type { SourceCutout } from '../../services/inference/source-cutout.ts';
import { answerColumn } from '../project/catalogue-columns.ts';
import { packedRun } from '../runs/comparable-runs.ts';
import type { DoorAnswer } from './door-answer.ts';
import type { EngineServices } from '../engine-services.ts';
import { answerExport } from '../exports/export-file.ts';
import { answerLabels } from '../labels/label-doors.ts';
import type { OpenProject } from '../project/open-project.ts';

const PACKED = 'application/octet-stream';

/**
 * Answers the doors of `contract/paths.ts` to an open field.
 * @returns undefined where the path is no door
 * @throws DomainFailure `argument-invalid`, `run-not-found`
 */
export async function answerDoor(
  url: URL,
  project: OpenProject,
  services: EngineServices,
  softwareVersion: string,
): Promise<DoorAnswer | undefined> {
  const { pathname } = url;
  if (pathname === paths.sources) return { status: 200, contentType: PACKED, body: project.field.packedSources };
  if (pathname === paths.predictions) {
    const run = url.searchParams.get('run');
    const body = run === null ? predictionsOf(project).packed() : await packedRun(project, run);
    return { status: 200, contentType: PACKED, body };
  }
  if (pathname === paths.trainingSplit) {
    const dataset = await project.trainingSplit();
    return dataset === undefined
      ? refused(404, 'The model does not say which rows it was trained on.')
      : { status: 200, contentType: PACKED, body: packColumns({ dataset }, {}) };
  }
  if (pathname === paths.reference) {
    const body = project.reference.packed();
    return body === undefined
      ? refused(404, 'No labels were given to judge this field by.')
      : { status: 200, contentType: PACKED, body };
  }
  if (pathname.startsWith(paths.cutout)) return answerCutout(pathname.slice(paths.cutout.length), project, services);
  if (pathname.startsWith(paths.window)) return answerWindow(url, project, services);
  if (pathname === paths.exportFile) return answerExport(url, project, services, softwareVersion);
  return answerColumn(url, project) ?? answerLabels(url, project) ?? project.sisg.answer(url);
}

function predictionsOf(project: OpenProject): NonNullable<OpenProject['predictions']> {
  if (project.predictions === undefined) throw new DomainFailure({ kind: 'run-not-found', id: 0 });
  return project.predictions;
}

async function answerCutout(name: string, project: OpenProject, services: EngineServices): Promise<DoorAnswer> {
  const { row, isNpy } = parseCutoutName(name, project.field.field.catalogue.rowCount);
  const { field, assignment } = project.field;
  const mosaic = field.mosaics[assignment.mosaic[row]!];
  if (mosaic === undefined) return refused(404, 'This source lies on none of the mosaics.');
  const position = { ra: degrees(field.catalogue.raDeg[row]!), dec: degrees(field.catalogue.decDeg[row]!) };
  const found = await services.cutoutOf(mosaic, position, project.recipe.cutout);
  if (found === undefined) return refused(404, 'The mosaic cannot show this position.');
  if (isNpy) {
    const { channels, channelCount, sidePix } = found.cutout;
    return {
      status: 200,
      contentType: PACKED,
      body: npyBytes(channels, [channelCount, sidePix, sidePix]),
      fileName: `${field.catalogue.name[row]!}.npy`,
    };
  }
  const columns = cutoutColumns(row, found, project.recipe.cutout, mosaic.unitScaleToMjyPerBeam ?? Number.NaN);
  const { channels, window, ...values } = columns;
  return { status: 200, contentType: PACKED, body: packColumns({ channels, window }, values) };
}

/** Sides that a window may have [pixel]. */
const WINDOW_SIDES = { least: 16, most: 1024 };

async function answerWindow(
  { pathname, searchParams }: URL,
  project: OpenProject,
  services: EngineServices,
): Promise<DoorAnswer> {
  const { field, assignment } = project.field;
  const { row } = parseCutoutName(pathname.slice(paths.window.length), field.catalogue.rowCount);
  const windowSidePix = Number(searchParams.get('side'));
  if (!Number.isInteger(windowSidePix / 2) || windowSidePix < WINDOW_SIDES.least || windowSidePix > WINDOW_SIDES.most) {
    const why = `give an even number of pixels from ${WINDOW_SIDES.least} to ${WINDOW_SIDES.most}`;
    throw new DomainFailure({ kind: 'argument-invalid', name: 'side', why });
  }
  const mosaic = field.mosaics[assignment.mosaic[row]!];
  if (mosaic === undefined) return refused(404, 'This source lies on none of the mosaics.');
  const position = { ra: degrees(field.catalogue.raDeg[row]!), dec: degrees(field.catalogue.decDeg[row]!) };
  const found = await services.windowOf(mosaic, position, windowSidePix);
  if (found === undefined) return refused(404, 'The mosaic cannot show this position.');
  const toMjy = mosaic.unitScaleToMjyPerBeam ?? Number.NaN;
  const window = Float32Array.from(found.window, (value) => value * toMjy);
  const values = { windowSidePix, pixelScaleArcsec: mosaic.wcs.pixelScaleArcsec, frame: found.frame };
  return { status: 200, contentType: PACKED, body: packColumns({ window }, values) };
}

function parseCutoutName(name: string, rowCount: number): { readonly row: number; readonly isNpy: boolean } {
  const [, digits, suffix] = /^(\d{1,9})(\.npy)?$/.exec(name) ?? [];
  const row = Number(digits);
  if (digits === undefined || row >= rowCount) {
    throw new DomainFailure({
      kind: 'argument-invalid',
      name: `cutout ${name}`,
      why: `give a row from 0 to ${rowCount - 1}`,
    });
  }
  return { row, isNpy: suffix !== undefined };
}

/** @param toMjy what a pixel of the mosaic is multiplied by to become mJy/beam; NaN where its unit is unknown */
function cutoutColumns(
  row: number,
  { cutout, window, frame, pixelScaleArcsec }: SourceCutout,
  recipe: CutoutRecipe,
  toMjy: number,
): CutoutColumns {
  const inMjy = (value: number): number | null => (Number.isFinite(value * toMjy) ? value * toMjy : null);
  return {
    row,
    channels: cutout.channels,
    window: Float32Array.from(window, (value) => value * toMjy),
    channelCount: cutout.channelCount,
    sidePix: cutout.sidePix,
    cuts: recipe.channels,
    windowSidePix: recipe.windowSidePix,
    validFraction: cutout.validFraction,
    centreMjyPerBeam: inMjy(cutout.centre),
    sigmaMjyPerBeam: inMjy(cutout.sigma),
    blank: cutout.blank ?? null,
    pixelScaleArcsec,
    frame,
    sha256: tensorSha256(cutout.channels),
  };
}

function refused(status: number, sentence: string): DoorAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body: [sentence] };
}
