import { basename } from 'node:path';
import { modelId as modelIdSchema } from '../../contract/models.ts';
import type { NamedModel } from '../../core/classification/provenance.ts';
import { modelOf } from '../../core/classification/provenance.ts';
import { DR1_PREVALENCE, promiseAt } from '../../core/evaluation/card-rates.ts';
import { DomainFailure, domainErrorOf } from '../../core/result/failure.ts';
import type { CardTest } from '../../figures/card-figure.ts';
import { cardFigure } from '../../figures/card-figure.ts';
import type { Figure } from '../../figures/figure.ts';
import { scoreFigure } from '../../figures/score-figures.ts';
import { grouped, percentText } from '../../figures/words.ts';
import type { PredictionRows } from '../../services/catalogue-files/load-predictions.ts';
import { loadPredictions } from '../../services/catalogue-files/load-predictions.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import { figuresJson, inspectionJson } from './evaluation-json.ts';
import { modelFolders } from '../folders.ts';
import type { CommandIo } from '../io.ts';
import type { Inspection, ThresholdArguments } from './inspection.ts';
import { inspectionFor, inspectionSentence, networkScores } from './inspection.ts';
import { judgedRotation, NOT_TURNED } from './judged-rotation.ts';
import { writeUnlabelledReport } from './write-report.ts';

/** Of a list whose truth is not known, in the words of the window. */
const CANNOT_BE_KNOWN =
  'Without labels recall, precision, accuracy and every curve of them cannot be known. Known are the scores, how many sources ' +
  'each threshold flags, and what the model’s own card promises at a share of MC sources that you state (--prevalence).';

/** What the card of the model that made a list promises for it. */
interface PromisedByCard {
  /** A sentence; where there is no card, why not. */
  readonly line: string;
  readonly json: Readonly<Record<string, unknown>> | null;
  readonly figures: readonly Figure[];
}

/** Options that say how to judge rows, which cannot be done. */
const NEED_LABELS = ['recall', 'subset', 'force', 'compare', 'property', 'out'] as const;

/** @throws DomainFailure `argument-invalid` naming the first option that means nothing without labels */
export function refuseWithoutLabels(isGiven: (option: (typeof NEED_LABELS)[number]) => boolean): void {
  const useless = NEED_LABELS.find(isGiven);
  if (useless === undefined) return;
  throw new DomainFailure({ kind: 'argument-invalid', name: `--${useless}`, why: 'needs --labels' });
}

/** What can be asked of predictions whose truth is not known. */
export interface UnlabelledArguments extends ThresholdArguments {
  readonly predictions: string;
  readonly prevalence?: number;
  readonly rotation?: string;
  readonly report?: string;
  readonly json: boolean;
}

/**
 * Says what is known of predictions whose truth is not: in lines, as JSON, as a report.
 * @throws DomainFailure of the files, and `argument-invalid` where the threshold's wish cannot be met
 */
export async function describeUnlabelled(options: UnlabelledArguments, io: CommandIo): Promise<void> {
  const { predictions: path } = options;
  const predictions = await loadPredictions(path);
  const inspection = inspectionFor(options, predictions, undefined);
  const { threshold } = inspection;
  const scores = networkScores(predictions);
  const card = await promisedByCard(predictions, scores.length, options.prevalence ?? DR1_PREVALENCE, inspection);
  const rows = Uint32Array.from([...predictions.hasResult.keys()].filter((row) => predictions.hasResult[row] === 1));
  const turned = { predictions, rows, isMc: undefined, warning: '' };
  const rotation = await judgedRotation({ path: options.rotation, predictions: path }, turned, threshold);
  const figures = [
    scoreFigure(undefined, scores, threshold, {
      source: `predictions ${basename(path)}, no labels`,
      rows: scores.length,
      mc: undefined,
      warning: '',
    }),
    ...card.figures,
    ...(rotation === undefined ? [] : [rotation.figure]),
  ];
  const lines = [CANNOT_BE_KNOWN, inspectionSentence(inspection), card.line];
  const report =
    options.report === undefined
      ? null
      : await writeUnlabelledReport(options.report, path, [...lines, rotation?.line ?? NOT_TURNED], figures);
  if (options.json) {
    io.json({
      rows: predictions.name.length,
      labels: null,
      cannotBeKnown: CANNOT_BE_KNOWN,
      threshold,
      inspection: inspectionJson(inspection),
      card: card.json,
      cardSays: card.line,
      figures: figuresJson(figures),
      rotation: rotation?.json ?? null,
      report,
    });
    return;
  }
  if (report !== null) io.note(`report: ${report}`);
  for (const line of lines) io.out(line);
  if (rotation !== undefined) io.out(rotation.line);
}

/**
 * Recall and precision by the card of the model that made the predictions, where it is installed with the same weights.
 * @param prevalence of MC among non-SISG sources [0 … 1]
 */
async function promisedByCard(
  predictions: PredictionRows,
  scored: number,
  prevalence: number,
  { threshold, flagged }: Inspection,
): Promise<PromisedByCard> {
  const without = (line: string): PromisedByCard => ({ line, json: null, figures: [] });
  const model = modelOf(predictions.table.entries ?? []);
  if (model === undefined) return without('The file does not name its model: no card can be looked at.');
  const { modelId } = model;
  const test = await cardOf(model);
  if (test === 'absent')
    return without(`Model ${modelId} with these weights is not installed: no card of it is known.`);
  const promise = promiseAt(test?.points ?? [], threshold, prevalence, scored);
  if (test === undefined || promise === undefined) {
    return without(`The card of model ${modelId} holds no curves (\`lobate train --test\` gives a model its own).`);
  }
  const { recall, falsePositiveRate, precision } = promise;
  return {
    line:
      `By the card of ${modelId}, where ${percentText(prevalence)} of the non-SISG sources are MC: recall ${fixed(recall)}, ` +
      `precision ${fixed(precision)} at ${promise.threshold}; it would flag ${grouped(promise.flagged)} of ${grouped(scored)} ` +
      `non-SISG sources, and ${grouped(flagged)} are flagged.`,
    json: {
      model: modelId,
      prevalence,
      threshold: promise.threshold,
      recall,
      falsePositiveRate,
      // Where nothing is flagged there is none.
      precision: Number.isNaN(precision) ? null : precision,
      flaggedExpected: promise.flagged,
    },
    figures: [cardFigure(modelId, test, prevalence, threshold)],
  };
}

/** The test on a model's card; undefined where it holds none, `absent` where that model is not here. */
async function cardOf({ modelId, modelSha256 }: NamedModel): Promise<CardTest | undefined | 'absent'> {
  // It comes from a file: a name that no model can have is not looked for.
  if (!modelIdSchema.safeParse(modelId).success) return 'absent';
  try {
    const { description } = await loadModel(modelId, modelFolders());
    return description.weightsSha256 === modelSha256 ? description.testRates : 'absent';
  } catch (thrown) {
    if (domainErrorOf(thrown) === undefined) throw thrown;
    return 'absent';
  }
}

const fixed = (share: number): string => (Number.isNaN(share) ? '–' : share.toFixed(3));
