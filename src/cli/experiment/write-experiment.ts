import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { bestEpochOf } from '../../core/training/epoch-history.ts';
import type { HeldOutMetric, ScoreWithInterval } from '../../core/training/held-out-scores.ts';
import { heldOutScores } from '../../core/training/held-out-scores.ts';
import type { ComparedRun } from '../../figures/experiment-figures.ts';
import { curvesFigure, variantsFigure } from '../../figures/experiment-figures.ts';
import type { Figure } from '../../figures/figure.ts';
import type { DrawingDocument } from '../../figures/svg.ts';
import { numbersCsv } from '../../figures/numbers-csv.ts';
import { LIGHT_PALETTE } from '../../figures/palette.ts';
import type { Experiment } from '../../services/experiments/experiment-file.ts';
import type { FinishedRun } from '../../services/experiments/run-experiment.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';

/** MC from this probability on, as in the paper's comparisons. */
const THRESHOLD = 0.5;
/** Draws of the bootstrap. */
const BOOTSTRAP_SEED = 1;
const WIDTH_PX = 760;
const FONT_PX = 12;

/** What the table says of the rows held out. */
const COLUMNS: readonly (readonly [metric: HeldOutMetric, title: string, csv: string])[] = [
  ['accuracy', 'Accuracy', 'accuracy'],
  ['precision', 'Precision MC', 'precision_mc'],
  ['recall', 'Recall MC', 'recall_mc'],
  ['f1', 'F1 MC', 'f1_mc'],
  ['precisionOfS', 'Precision S', 'precision_s'],
  ['recallOfS', 'Recall S', 'recall_s'],
  ['f1OfS', 'F1 S', 'f1_s'],
  ['rocAuc', 'ROC AUC', 'roc_auc'],
];

export interface ExperimentFacts {
  readonly experiment: Experiment;
  readonly isQuick: boolean;
  /** What was learned from, in words. */
  readonly data: string;
  readonly command: string;
  readonly runCount: number;
}

interface JudgedRun extends FinishedRun {
  readonly scores: Readonly<Record<HeldOutMetric, ScoreWithInterval>>;
}

/** Writes table (Markdown, CSV) and figures (SVG, CSV) of what is finished, each whole or not at all. */
export async function writeExperiment(
  folder: string,
  facts: ExperimentFacts,
  finished: readonly FinishedRun[],
): Promise<void> {
  const judged = finished.map((one): JudgedRun => ({
    ...one,
    scores: heldOutScores(one.result.heldOut, THRESHOLD, { seed: BOOTSTRAP_SEED }),
  }));
  const { title } = facts.experiment;
  const subject = `${facts.data}.${facts.isQuick ? ' Quick size: these numbers mean nothing.' : ''}`;
  const runs = judged.map(comparedRun);
  for (const figure of [variantsFigure(title, runs, subject), curvesFigure(title, runs, subject)]) {
    await writeAtomically(join(folder, `${figure.name}.svg`), svgOf(figure));
    await writeAtomically(join(folder, `${figure.name}.csv`), numbersCsv(figure.numbers));
  }
  await writeAtomically(join(folder, 'table.csv'), tableCsv(judged));
  await writeAtomically(join(folder, 'table.md'), tablePage(facts, judged));
}

const comparedRun = ({ run, result, scores }: JudgedRun): ComparedRun => ({
  variant: run.variant,
  seed: run.training.seed,
  history: result.history,
  accuracy: scores.accuracy,
  precision: scores.precision,
  recall: scores.recall,
});

function svgOf(figure: Figure): string {
  // linkedom types its window by the browser's own, which Node's program does not know.
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
    readonly document: DrawingDocument;
  };
  const { element } = figure.draw({ document, widthPx: WIDTH_PX, palette: LIGHT_PALETTE, fontPx: FONT_PX });
  return `${element.outerHTML}\n`;
}

function tableCsv(judged: readonly JudgedRun[]): string {
  return numbersCsv({
    columns: [
      ...['variant', 'seed', 'network', 'parameters', 'train_mc', 'train_s', 'held_out_mc', 'held_out_s'],
      ...['epochs', 'best_epoch', 'validation_accuracy', 'validation_precision', 'validation_recall'],
      ...COLUMNS.flatMap(([, , name]) => [name, `${name}_low`, `${name}_high`]),
    ],
    rows: judged.map(({ run, result, scores }) => {
      const best = bestEpochOf(result.history)!;
      const { train, test } = result.counts;
      return [
        ...[run.variant, run.training.seed, run.recipe.network, result.parameterCount],
        ...[train.mc, train.s, test.mc, test.s, result.history.length, best.epoch],
        ...[best.validationAccuracy, best.validationPrecision, best.validationRecall].map(orNull),
        ...COLUMNS.flatMap(([metric]) => [scores[metric].value, scores[metric].low, scores[metric].high].map(orNull)),
      ];
    }),
  });
}

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

function tablePage(facts: ExperimentFacts, judged: readonly JudgedRun[]): string {
  const { experiment, isQuick, data, command, runCount } = facts;
  const head = ['Variant', 'Seed', 'Epoch', 'Validation accuracy', ...COLUMNS.map(([, title]) => title)];
  const rows = judged.map(({ run, result, scores }) => {
    const best = bestEpochOf(result.history)!;
    return [
      run.variant,
      run.training.seed,
      `${best.epoch} of ${result.history.length}`,
      numberText(best.validationAccuracy),
      ...COLUMNS.map(([metric]) => rangeText(scores[metric])),
    ];
  });
  const warning = isQuick ? '**Quick size: these numbers show that it runs and mean nothing.**\n\n' : '';
  const missing = judged.length < runCount ? `${judged.length} of ${runCount} trainings are finished.\n\n` : '';
  return `# ${experiment.title}

${experiment.source}

${warning}${missing}Data: ${data}. Balanced rows, split 70/15/15. The numbers are those of the rows held out, at the epoch of the lowest validation
loss and threshold ${THRESHOLD}, with 95 % intervals by physical source; “–” where a number is not defined.

| ${head.join(' | ')} |
|${head.map(() => '---').join('|')}|
${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}

![Accuracy, precision and recall of each variant](variants.svg)

![Accuracy by epoch](curves.svg)

    ${command}
`;
}

const numberText = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '–');

function rangeText({ value, low, high }: ScoreWithInterval): string {
  return Number.isFinite(low) && Number.isFinite(high)
    ? `${numberText(value)} (${numberText(low)}–${numberText(high)})`
    : numberText(value);
}
