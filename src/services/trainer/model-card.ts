import type { TestRates } from '../../contract/test-rates.ts';
import type { FeatureScaling } from '../../core/features/scaling.ts';
import type { EpochMetrics } from '../../core/training/epoch-history.ts';
import type { CardRate } from '../../core/evaluation/card-rates.ts';
import { cardCurve } from '../../core/evaluation/card-rates.ts';
import { countText } from '../../core/units/count-text.ts';
import type { SplitKind } from '../../core/training/data-split.ts';
import type { AugmentationKind, TrainingRecipe } from '../../core/training/training-recipe.ts';
import { withheldPercent } from '../../core/training/training-recipe.ts';
import type { ModelDescription, ModelMetric } from '../model-store/model-description.ts';
import type { Baselines } from './baselines.ts';
import type { AucWithInterval } from './test-scores.ts';
import type { TrainingSet } from './training-set.ts';

/** What was measured on fields that the training did not see. */
export interface TestReport {
  readonly fieldCount: number;
  readonly mcRows: number;
  readonly sRows: number;
  readonly auc: AucWithInterval | undefined;
  /** At every threshold, uncorrected. */
  readonly rates: readonly CardRate[];
  readonly baselines: Baselines;
  /** Other models on the same rows: the networks of one branch. */
  readonly compared: readonly { readonly name: string; readonly auc: AucWithInterval | undefined }[];
}

/** All that a card of a trained model says beyond its model.json. */
export interface CardFacts {
  readonly training: TrainingRecipe;
  readonly counts: TrainingSet['counts'];
  readonly fieldCount: number;
  readonly history: readonly EpochMetrics[];
  readonly best: EpochMetrics;
  readonly isStopped: boolean;
  /** Wall time of the whole epochs, over every start [s]; undefined where a start did not keep it. */
  readonly wallSeconds: number | undefined;
  /** Device other than the CPU that the last start computed on; undefined where there was none. */
  readonly device: string | undefined;
  /** Model that the weights began with; undefined where they were drawn. */
  readonly startedFrom: string | undefined;
  readonly test: TestReport | undefined;
  /** The command that trains it again. */
  readonly command: string;
}

export const AUC_METRIC = 'ROC AUC, non-SISG, natural prevalence';

const AUGMENTATION_WORDS: Readonly<Record<AugmentationKind, string>> = {
  rotate: 'the extra ones at any angle and mirrored, bilinear',
  turn: 'the extra ones in quarter turns and mirrored, without interpolation',
  'turn-all': 'rows of both classes in quarter turns and mirrored, drawn anew each epoch, without interpolation',
};

const SPLIT_WORDS: Readonly<Record<SplitKind, string>> = {
  cell: 'by physical source and sky cell (13.7′)',
  source: 'by physical source',
  row: 'by row, as published: components of one source may be on both sides',
};

const SISG_WORDS: Readonly<Record<TrainingRecipe['mcExclusion'], string>> = {
  row: 'SISG left out',
  source: 'SISG and every row of an MC source with one left out',
  none: 'SISG kept',
};

const SCALING_WORDS: Readonly<Record<FeatureScaling, string>> = {
  none: 'unscaled',
  standardise: 'standardised by the moments in model.json',
  'asinh-standardise': 'as asinh(value), standardised by the moments in model.json',
};

const DECIMALS = 3;
/** Of the hundred steps of a curve, the card's table shows every fifth. */
const STEPS_PER_LINE = 5;
/** A single feature that is this good alone means that the simulated sky gives the answer away. */
const TOO_EASY_AUC = 0.9;

export function untrainedCard(description: ModelDescription): string {
  return `# ${description.id}

**UNTRAINED.** Seeded weights of the network \`${description.network}\` (${countText(description.parameterCount)} parameters, seed
${description.seed}) that saw no data. Its probabilities mean nothing; it exists to try the program out.
`;
}

export function trainedCard(description: ModelDescription, facts: CardFacts): string {
  const { training, counts, best, history } = facts;
  const lines = [
    `# ${description.id}`,
    '',
    `Network \`${description.network}\` (${countText(description.parameterCount)} parameters), recipe \`${description.recipe.name}\`,`,
    `software ${description.softwareVersion}.`,
    '',
    `**Trained on ${description.trainedOn}.** What it gives is P(MC) under a balanced training prior, not a calibrated rate.`,
    '',
    '## Training',
    '',
    `- ${facts.fieldCount} fields; SHA-256 of the data \`${description.trainingDataSha256 ?? ''}\``,
    `- Rows, split 70/15/15 ${SPLIT_WORDS[training.split]}, ${SISG_WORDS[training.mcExclusion]}: train ${counts.train.mc} MC and ${counts.train.s} S; validation ${counts.validation.mc} and ${counts.validation.s}; held out ${counts.test.mc} and ${counts.test.s}`,
    `- Each MC row of the training part appears ${training.augmentationFactor} times; ${AUGMENTATION_WORDS[training.augmentation]}`,
    `- ${training.optimiser}, learning rate ${training.learningRate} (${training.schedule}), batch ${training.batchSize}, dropout ${training.hasDropout ? 'on' : 'off'}, class weights ${training.classWeights}, seed ${training.seed}`,
    ...(training.withheldFeatures === 0
      ? []
      : [
          `- ${withheldPercent(training)} % of the appearances, drawn anew each epoch, without features: all at their mean, so that the picture alone tells`,
        ]),
    ...(facts.startedFrom === undefined ? [] : [`- Fine-tuned: began with the weights of \`${facts.startedFrom}\``]),
    `- Features ${SCALING_WORDS[description.recipe.features.scaling]}`,
    `- ${history.length} of ${training.epochs} epochs${facts.isStopped ? ' (stopped)' : ''}; weights of epoch ${best.epoch}, the lowest validation loss${wallTimeWords(facts.wallSeconds)}`,
    ...(facts.device === undefined ? [] : [`- Computed on ${facts.device}`]),
    '',
    `    ${facts.command}`,
    '',
    ...testLines(facts.test),
    '## Epochs',
    '',
    '| epoch | train loss | train accuracy | validation loss | accuracy | F1 | ROC AUC |',
    '|---|---|---|---|---|---|---|',
    ...history.map((epoch) =>
      [
        '',
        String(epoch.epoch),
        fixed(epoch.trainLoss),
        fixed(epoch.trainAccuracy),
        fixed(epoch.validationLoss),
        fixed(epoch.validationAccuracy),
        fixed(epoch.validationF1),
        fixed(epoch.validationAuc),
        '',
      ].join('|'),
    ),
    '',
  ];
  return lines.join('\n');
}

function wallTimeWords(seconds: number | undefined): string {
  if (seconds === undefined) return '';
  const minutes = seconds / 60;
  return `; ${minutes < 1 ? `${seconds.toFixed(1)} s` : `${countText(Math.round(minutes))} min`} of wall time over all starts`;
}

function testLines(test: TestReport | undefined): string[] {
  if (test === undefined) return ['## Test', '', 'No fields outside the training were given to judge it on.', ''];
  const { singleFeatures, logisticRegression } = test.baselines;
  const strongest = singleFeatures[0];
  return [
    `## Test: ${test.fieldCount} fields outside the training`,
    '',
    `${test.mcRows} MC and ${test.sRows} S rows, all that are not SISG, at natural prevalence. Intervals: 95 %, bootstrap by`,
    'physical source.',
    '',
    '| method | ROC AUC |',
    '|---|---|',
    `| **this model** | **${withInterval(test.auc)}** |`,
    ...test.compared.map(({ name, auc }) => `| ${name} | ${withInterval(auc)} |`),
    `| logistic regression on the ${singleFeatures.length} features | ${withInterval(logisticRegression)} |`,
    ...(strongest === undefined ? [] : [`| best single feature (${strongest.feature}) | ${fixed(strongest.auc)} |`]),
    '',
    ...(strongest !== undefined && strongest.auc >= TOO_EASY_AUC
      ? [`**A single feature reaches ${fixed(strongest.auc)}: this test is too easy to say much.**`, '']
      : []),
    ...prevalenceLines(test),
    'Each feature alone, in its better direction:',
    '',
    '| feature | ROC AUC | MC where |',
    '|---|---|---|',
    ...singleFeatures.map(
      ({ feature, auc, isInverse }) => `| ${feature} | ${fixed(auc)} | ${isInverse ? 'small' : 'large'} |`,
    ),
    '',
  ];
}

/** What the thresholds give where MC rows are as rare as they are, beside a method that calls everything S. */
function prevalenceLines({ mcRows, sRows, rates }: TestReport): string[] {
  if (rates.length === 0) return [];
  const prevalence = mcRows / (mcRows + sRows);
  const accuracyOf = (recall: number, falsePositiveRate: number): number =>
    recall * prevalence + (1 - falsePositiveRate) * (1 - prevalence);
  return [
    `At this natural prevalence, ${percent(prevalence)} MC, where a method that calls every row S has accuracy ${fixed(accuracyOf(0, 0))}:`,
    '',
    '| threshold | recall | precision | accuracy |',
    '|---|---|---|---|',
    ...cardCurve(rates, prevalence)
      .filter((_, step) => step % STEPS_PER_LINE === 0)
      .map(({ threshold, recall, falsePositiveRate, precision }) => {
        const accuracy = accuracyOf(recall, falsePositiveRate);
        return `| ${threshold.toFixed(2)} | ${fixed(recall)} | ${fixed(precision)} | ${fixed(accuracy)} |`;
      }),
    `| always S | 0.000 | — | ${fixed(accuracyOf(0, 0))} |`,
    '',
  ];
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** The numbers that model.json carries: the test's where there is one, else those of the validation part. */
export function modelMetrics(facts: CardFacts): ModelMetric[] {
  const { best, test } = facts;
  const validation: ModelMetric[] = [
    { name: 'validation ROC AUC, balanced', value: best.validationAuc, low: null, high: null },
    { name: 'validation accuracy, balanced', value: best.validationAccuracy, low: null, high: null },
  ].filter(({ value }) => Number.isFinite(value));
  return test?.auc === undefined ? validation : [{ name: AUC_METRIC, ...test.auc }, ...validation];
}

/** The curves that model.json carries; undefined without a test in which both classes were. */
export function testRatesOf(test: TestReport | undefined): TestRates | undefined {
  if (test === undefined || test.rates.length === 0) return undefined;
  const { fieldCount, mcRows, sRows, rates } = test;
  const on = `${fieldCount} ${fieldCount === 1 ? 'field' : 'fields'} outside the training`;
  return { on, mc: mcRows, s: sRows, points: [...rates] };
}

const fixed = (value: number): string => (Number.isFinite(value) ? value.toFixed(DECIMALS) : '—');

function withInterval(auc: AucWithInterval | undefined): string {
  if (auc === undefined) return '—';
  return auc.low === null || auc.high === null
    ? fixed(auc.value)
    : `${fixed(auc.value)} (${fixed(auc.low)}–${fixed(auc.high)})`;
}
