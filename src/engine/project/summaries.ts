import type { ModelSummary, MosaicSummary, ProjectSummary, RunSummary } from '../../contract/schemas.ts';
import type { Notice } from '../../core/result/notice.ts';
import type { Mosaic } from '../../services/fits-files/mosaic.ts';
import type { ListedModel } from '../../services/model-store/load-model.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';
import { DEMO_TARGET } from '../../services/simulation/demo-field.ts';
import type { EngineField } from './field.ts';

const DEMO_FIRST_LOOK: NonNullable<ProjectSummary['firstLook']> = {
  raDeg: DEMO_TARGET.raDeg,
  decDeg: DEMO_TARGET.decDeg,
  fovDeg: DEMO_TARGET.fieldOfViewDeg,
};

/** What the window shows of a run. */
export function runSummaryOf(run: StoredRun): RunSummary {
  return {
    id: run.id,
    modelId: run.modelId,
    weightsSha256: run.weightsSha256,
    isTrained: run.isTrained,
    state: run.state,
    rowsDone: run.rowsDone,
    rowsTotal: run.rowCount,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt ?? null,
    threshold: run.threshold,
    geometry: run.recipe.cutout.geometry,
    failure: run.failure ?? null,
    devices: [...run.devices],
  };
}

export function modelSummaryOf({ description }: ListedModel): ModelSummary {
  return {
    id: description.id,
    network: description.network,
    recipeName: description.recipe.name,
    isTrained: description.isTrained,
    trainedOn: description.trainedOn,
    threshold: description.threshold,
    parameterCount: description.parameterCount,
    weightsSha256: description.weightsSha256,
    metrics: description.metrics,
    testRates: description.testRates ?? null,
  };
}

export function projectSummaryOf(
  store: ProjectStore,
  { field, tiles, sisgCount, onMosaicCount, notices }: EngineField,
  projectNotices: readonly Notice[],
  run: StoredRun | undefined,
): Omit<ProjectSummary, 'holds' | 'isTakenUp' | 'opening'> {
  return {
    name: store.description.name,
    path: store.path,
    isDemo: store.description.isDemo,
    mosaics: field.mosaics.map(mosaicSummaryOf),
    catalogue: {
      path: field.catalogue.path,
      dialect: field.catalogue.dialect,
      rowCount: field.catalogue.rowCount,
      sisgCount,
      onMosaicCount,
      hasGaussians: field.hasGaussians,
      hasLikelihoodRatios: field.hasLikelihoodRatios,
    },
    firstLook: store.description.isDemo ? DEMO_FIRST_LOOK : null,
    sky: { hipsKey: tiles.key, ...tiles.initialView },
    notices: [...notices, ...projectNotices],
    run: run === undefined ? null : runSummaryOf(run),
  };
}

function mosaicSummaryOf(mosaic: Mosaic): MosaicSummary {
  const centre = mosaic.wcs.pixelToSky((mosaic.widthPix - 1) / 2, (mosaic.heightPix - 1) / 2);
  return {
    name: mosaic.name,
    path: mosaic.path,
    widthPix: mosaic.widthPix,
    heightPix: mosaic.heightPix,
    pixelScaleArcsec: mosaic.wcs.pixelScaleArcsec,
    projection: mosaic.wcs.projection,
    // An image whose middle is not on the sphere (an all-sky map's corner piece) has no centre to go to.
    centreRaDeg: centre?.ra ?? 0,
    centreDecDeg: centre?.dec ?? 0,
    beamMajArcsec: mosaic.beam?.majArcsec ?? null,
    beamMinArcsec: mosaic.beam?.minArcsec ?? null,
    beamPaDeg: mosaic.beam?.paDeg ?? null,
    unit: mosaic.unit ?? '',
  };
}
