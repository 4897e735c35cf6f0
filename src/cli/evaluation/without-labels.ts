import { basename } from 'node:path';
import { modelId as isModelId } from '../../contract/models.ts';
import type { NamedModel } from '../../core/classification/provenance.ts';
import { modelOf } from '../../core/classification/provenance.ts';
import { cardCurve, expectedFlagged, rateAt } from '../../core/evaluation/card-rates.ts';
import { DomainFailure, domainErrorOf } from '../../core/result/failure.ts';
import type { CardTest } from '../../figures/card-figure.ts';
import { cardFigure } from '../../figures/card-figure.ts';
import type { Figure } from '../../figures/figure.ts';
import { scoreFigure } from '../../figures/score-figures.ts';
import { grouped, percentText } from '../../figures/words.ts';
import type { PredictionRows } from '../../services/catalogue-files/load-predictions.ts';
import { loadModel } from '../../services/model-store/load-model.ts';
import { figuresJson, inspectionJson } from './evaluation-json.ts';
import type { Inspection } from './inspection.ts';
import { inspectionSentence } from './inspection.ts';

/** Of a list whose truth is not known, in the words of the window. */
export const CANNOT_BE_KNOWN =
  'Without labels recall, precision, accuracy and every curve of them cannot be known. Known are the scores, how many sources ' +
  'each threshold flags, and what the model’s own card promises at a share of MC sources that you state (--prevalence).';

/** What the card of the model that made a list promises for it. */
export interface PromisedByCard {
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

/** P(MC) of the rows that the network was asked about, rising: SISG rows and those without a result have none. */
export const networkScores = ({ probability, isSisg, hasResult }: PredictionRows): Float64Array =>
  probability.filter((value, row) => isSisg[row] === 0 && hasResult[row] === 1 && !Number.isNaN(value)).sort();

/**
 * Recall and precision by the card of the model that made the predictions, where it is installed with the same weights.
 * @param prevalence of MC among non-SISG sources [0 … 1]
 */
export async function promisedByCard(
  predictions: PredictionRows,
  folders: readonly string[],
  prevalence: number,
  { threshold, flagged }: Inspection,
): Promise<PromisedByCard> {
  const without = (line: string): PromisedByCard => ({ line, json: null, figures: [] });
  const model = modelOf(predictions.table.entries ?? []);
  if (model === undefined) return without('The file does not name its model: no card can be looked at.');
  const test = await cardOf(model, folders);
  if (test === 'absent')
    return without(`Model ${model.modelId} with these weights is not installed: no card of it is known.`);
  const rate = rateAt(test?.points ?? [], threshold);
  if (test === undefined || rate === undefined) {
    return without(
      `The card of model ${model.modelId} holds no curves (\`lobate train --test\` gives a model its own).`,
    );
  }
  const [{ recall, falsePositiveRate, precision }] = cardCurve([rate], prevalence) as [
    ReturnType<typeof cardCurve>[number],
  ];
  const scored = networkScores(predictions).length;
  const expected = expectedFlagged(rate, prevalence, scored);
  return {
    line:
      `By the card of ${model.modelId}, where ${percentText(prevalence)} of the non-SISG sources are MC: recall ` +
      `${fixed(recall)}, precision ${fixed(precision)} at ${rate.threshold}; it would flag ${grouped(Math.round(expected))} ` +
      `of ${grouped(scored)} non-SISG sources, and ${grouped(flagged)} are flagged.`,
    json: {
      model: model.modelId,
      prevalence,
      threshold: rate.threshold,
      recall,
      falsePositiveRate,
      // Where nothing is flagged there is none.
      precision: Number.isNaN(precision) ? null : precision,
      flaggedExpected: expected,
    },
    figures: [cardFigure(model.modelId, test, prevalence, threshold)],
  };
}

/** The test on a model's card; undefined where it holds none, `absent` where that model is not here. */
async function cardOf(
  { modelId, modelSha256 }: NamedModel,
  folders: readonly string[],
): Promise<CardTest | undefined | 'absent'> {
  // It comes from a file: a name that no model can have is not looked for.
  if (!isModelId.safeParse(modelId).success) return 'absent';
  try {
    const { description } = await loadModel(modelId, folders);
    return description.weightsSha256 === modelSha256 ? description.testRates : 'absent';
  } catch (thrown) {
    if (domainErrorOf(thrown) === undefined) throw thrown;
    return 'absent';
  }
}

const fixed = (share: number): string => (Number.isNaN(share) ? '–' : share.toFixed(3));

/** How the scores are distributed. */
export const unlabelledScores = (path: string, scores: Float64Array, threshold: number): Figure =>
  scoreFigure(undefined, scores, threshold, {
    source: `predictions ${basename(path)}, no labels`,
    rows: scores.length,
    mc: undefined,
    warning: '',
  });

/** Everything that is known, as JSON. */
export const unlabelledJson = (
  rows: number,
  inspection: Inspection,
  card: PromisedByCard,
  figures: readonly Figure[],
): Readonly<Record<string, unknown>> => ({
  rows,
  labels: null,
  cannotBeKnown: CANNOT_BE_KNOWN,
  inspection: inspectionJson(inspection),
  card: card.json,
  cardSays: card.line,
  figures: figuresJson(figures),
});

export const unlabelledLines = (inspection: Inspection, card: PromisedByCard): readonly string[] => [
  CANNOT_BE_KNOWN,
  inspectionSentence(inspection),
  card.line,
];
