import type { PreflightReport } from '../contract/schemas.ts';
import type { CutoutGeometry } from '../core/cutout/cutout-recipe.ts';
import { withGeometry } from '../core/network/geometry.ts';
import { recipeOf } from '../core/network/presets.ts';
import { joinSentence } from '../core/catalogue/join-report.ts';
import { loadLabels } from '../services/catalogue-files/load-labels.ts';
import { assignMosaics } from '../services/inference/assign-mosaics.ts';
import { openField } from '../services/inference/open-field.ts';
import { defaultModelOf, listModels, loadModel } from '../services/model-store/load-model.ts';
import type { ModelDescription } from '../services/model-store/model-description.ts';
import { promotedModels } from '../services/model-store/preferred-model.ts';
import { preflight } from '../services/preflight/preflight.ts';
import type { FieldArguments } from './field-options.ts';
import { fieldFilesOf } from './field-options.ts';
import { modelFolders } from './folders.ts';

export interface PreflightArguments extends FieldArguments {
  readonly labels?: string | undefined;
  readonly model?: string | undefined;
  readonly geometry?: CutoutGeometry | undefined;
}

/** Opens the field, looks at it and closes it again. @throws DomainFailure as opening does */
export async function preflightOf(options: PreflightArguments): Promise<PreflightReport> {
  const model = await modelFor(options.model);
  const recipe = withGeometry(model?.recipe ?? recipeOf('compact'), options.geometry);
  const field = await openField(await fieldFilesOf(options), recipe.features);
  try {
    const installed = (await listModels(modelFolders())).map(({ description }) => ({
      ...description,
      recipe: withGeometry(description.recipe, options.geometry),
    }));
    const assignment = await assignMosaics(field.catalogue, field.mosaics);
    const report = await preflight(field, assignment, recipe, model, installed);
    if (options.labels === undefined) return report;
    const { join } = await loadLabels(options.labels, field.catalogue.name, field.catalogue);
    return join === undefined ? report : { ...report, joins: [...report.joins, { ...join }] };
  } finally {
    await field.close();
  }
}

/** The model that is named; else the one that a run would take, or none where none is installed. */
async function modelFor(id: string | undefined): Promise<ModelDescription | undefined> {
  if (id !== undefined) return (await loadModel(id, modelFolders())).description;
  return defaultModelOf(await listModels(modelFolders()), await promotedModels(modelFolders()[0]!))?.description;
}

/** The report as people read it. */
export function preflightLines(report: PreflightReport): readonly string[] {
  const { sisg, cutouts, mosaics, duplicates, run } = report;
  const span = (name: string, range: { readonly low: number; readonly high: number } | null): string =>
    range === null
      ? `${name} not given`
      : `${name} ${[...new Set([range.low.toFixed(2), range.high.toFixed(2)])].join('–')}″`;
  return [
    `${report.rows} rows (${report.dialect}), ${cutouts.onMosaic} on a mosaic, ${cutouts.outside} on none`,
    `${mosaics.count} mosaics: ${span('pixels', mosaics.pixelScaleArcsec)}, ${span('beam', mosaics.beamMajArcsec)}`,
    `${sisg.count} SISG:`,
    ...sisg.rules.map(
      ({ rule, holds, unknown, left }) =>
        `    ${rule}: holds for ${holds}${unknown === 0 ? '' : `, unknown for ${unknown}`}; ${left} left`,
    ),
    ...report.joins.map(joinSentence),
    ...report.missing.map(({ what, cost }) => `missing: ${what}: ${cost}`),
    ...report.unusable.map(({ column, rows }) => `unusable: ${column} in ${rows} rows`),
    `finite pixels in ${cutouts.sampled} cutouts looked at: ` +
      cutouts.validFraction.map(({ range, rows }) => `${range}: ${rows}`).join(', '),
    ...(duplicates.pairs === 0 ? [] : [`${duplicates.pairs} pairs of rows are one source each`]),
    ...report.outOfDomain.map((sentence) => `out of domain: ${sentence}`),
    ...report.notices,
    ...(report.holds.length === 0
      ? []
      : [`the window does not start a run by itself: ${report.holds.map(({ why }) => why).join('; ')}`]),
    ...(run.modelAdvised === null ? [] : [`less speaks against a run with --model ${run.modelAdvised}`]),
    `a run with ${run.modelId ?? 'no model (none is installed)'}${run.isTrained === false ? ', UNTRAINED' : ''}: ` +
      `${run.networkRows} rows through the network, ` +
      (run.secondsEstimated === null ? 'of unknown speed' : `about ${Math.max(1, Math.round(run.secondsEstimated))} s`),
  ];
}
