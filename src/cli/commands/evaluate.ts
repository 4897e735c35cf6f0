import type { Command } from 'commander';
import { Option } from 'commander';
import { DR1_PREVALENCE } from '../../core/evaluation/card-rates.ts';
import { reliabilityBins } from '../../core/evaluation/calibration.ts';
import { modelOf } from '../../core/classification/provenance.ts';
import type { SubsetChoice } from '../../core/evaluation/data-subsets.ts';
import { SUBSET_CHOICES } from '../../core/evaluation/data-subsets.ts';
import { evaluatePredictions } from '../../core/evaluation/evaluate-predictions.ts';
import { scoredRows } from '../../core/evaluation/scored-rows.ts';
import { scoreTable } from '../../core/evaluation/score-table.ts';
import { thresholdCurve } from '../../core/evaluation/threshold-curve.ts';
import { withPredictionCodes } from '../../services/catalogue-files/load-predictions.ts';
import { tableFileFormatOf } from '../../services/table-writers/table-writers.ts';
import { writeTableFile } from '../../services/table-writers/write-table-file.ts';
import { numberWithin, parseSeed, parseThreshold } from '../arguments.ts';
import { compareWith } from '../evaluation/compare-predictions.ts';
import {
  evaluationJson,
  figuresJson,
  inspectionJson,
  reliabilityJson,
  thresholdsJson,
} from '../evaluation/evaluation-json.ts';
import { loadEvaluation } from '../evaluation/evaluation-input.ts';
import { evaluationLines } from '../evaluation/evaluation-text.ts';
import { inputFigures, trainedOnWarning } from '../evaluation/input-figures.ts';
import { DEFAULT_THRESHOLD, inspectionFor, inspectionSentence } from '../evaluation/inspection.ts';
import { judgedRotation, NOT_TURNED } from '../evaluation/judged-rotation.ts';
import type { UnlabelledArguments } from '../evaluation/without-labels.ts';
import { describeUnlabelled, refuseWithoutLabels } from '../evaluation/without-labels.ts';
import { writeReport } from '../evaluation/write-report.ts';
import type { CommandIo } from '../io.ts';

interface EvaluateArguments extends UnlabelledArguments {
  readonly labels?: string;
  readonly subset: SubsetChoice;
  readonly force: boolean;
  readonly compare?: string;
  readonly property: readonly string[];
  readonly seed: number;
  readonly out?: string;
}

const DEFAULT_SECONDS_PER_SOURCE = '10';

export function registerEvaluate(program: Command, io: CommandIo): void {
  program
    .command('evaluate')
    .description(
      'compare predictions with labels: confusion counts, metrics with intervals, curves; or say what is known without',
    )
    .requiredOption('--predictions <file>', 'table written by `lobate classify`, or as the paper publishes it')
    .option(
      '--labels <file>',
      'component catalogue (Component_Name, Source_Name or Parent_Source), or a table with a label column; without: scores, ' +
        "flagged counts and what the model's card promises",
    )
    .addOption(
      new Option(
        '--prevalence <p>',
        `without labels: share of MC among non-SISG sources (default: ${DR1_PREVALENCE}, of DR1)`,
      )
        .argParser(numberWithin(0, 1))
        .conflicts('labels'),
    )
    .option('--threshold <t>', `class MC from this probability on (default: ${DEFAULT_THRESHOLD})`, parseThreshold)
    .addOption(wishOption('--recall <x>', 'instead: the highest threshold with at least this corrected recall', 0, 1))
    .addOption(wishOption('--max-sources <n>', 'instead: the lowest threshold that flags at most n sources', 0))
    .addOption(wishOption('--max-hours <h>', 'instead: the lowest threshold that costs at most h hours to inspect', 0))
    .addOption(
      new Option('--seconds-per-source <s>', 'time to inspect one source [s]')
        .argParser(numberWithin(0))
        .default(Number(DEFAULT_SECONDS_PER_SOURCE), DEFAULT_SECONDS_PER_SOURCE),
    )
    .addOption(
      new Option('--subset <name>', 'rows to judge, by mc_dl_dataset; held-out is test and never-seen')
        .choices([...SUBSET_CHOICES])
        .default('all'),
    )
    .option('--force', 'judge rows that the model was trained on, and mark the result', false)
    .option(
      '--compare <file>',
      'predictions of another model or run for the same sources, or a project: its newest finished run',
    )
    .option(
      '--rotation <file>',
      'how P(MC) of these sources depends on their orientation: what `lobate rotate-test --out` wrote, by the same model',
    )
    .option('--property <columns...>', 'also show performance against these columns of the predictions', [])
    .option('--seed <n>', 'seed of the bootstrap', parseSeed, 1)
    .option(
      '--out <file>',
      'write the predictions again, with code 2 for recovered rows (.fits, .vot, .ecsv, .parquet or .csv)',
    )
    .option('--report <folder>', 'write one HTML page with the figures and their numbers (works offline)')
    .option('--json', 'print everything as JSON', false)
    .action(async (options: EvaluateArguments, command: Command) => {
      const { labels } = options;
      if (labels !== undefined) return evaluate({ ...options, labels }, io);
      refuseWithoutLabels((name) => command.getOptionValueSource(name) === 'cli');
      return describeUnlabelled(options, io);
    });
}

function wishOption(flags: string, description: string, least: number, most?: number): Option {
  return new Option(flags, description)
    .argParser(numberWithin(least, most))
    .conflicts(['threshold', 'recall', 'maxSources', 'maxHours'].filter((name) => !flags.startsWith(flagOf(name))));
}

const flagOf = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

async function evaluate(options: EvaluateArguments & { readonly labels: string }, io: CommandIo): Promise<void> {
  if (options.out !== undefined) tableFileFormatOf(options.out);
  const input = await loadEvaluation(options);
  const { predictions, paired, coverage } = input;
  const rows = scoredRows(paired.rows);
  const inspection = inspectionFor(options, predictions, rows);
  const { threshold } = inspection;
  if (threshold === DEFAULT_THRESHOLD && options.threshold === undefined && predictions.disagreeWith(threshold)) {
    io.note(
      `mc_prediction was made at another threshold than ${DEFAULT_THRESHOLD}; give --threshold to evaluate there.`,
    );
  }
  const { totalFluxMjy } = predictions;
  const evaluation = evaluatePredictions(
    paired.rows,
    threshold,
    { seed: options.seed },
    totalFluxMjy && Float64Array.from(paired.catalogueRow, (row) => totalFluxMjy[row]!),
  );
  const comparison =
    options.compare === undefined
      ? undefined
      : await compareWith(options.compare, input, threshold, {
          bootstrap: { seed: options.seed },
          force: options.force,
        });
  const rotation = await judgedRotation(
    { path: options.rotation, predictions: options.predictions },
    { predictions, rows: paired.catalogueRow, isMc: paired.rows.isMc, warning: trainedOnWarning(coverage) },
    threshold,
  );
  const figures =
    options.json || options.report !== undefined
      ? [
          ...inputFigures(options, input, rows, evaluation),
          ...(rotation === undefined ? [] : [rotation.figure]),
          ...(comparison?.report.figures ?? []),
        ]
      : [];
  if (options.out !== undefined) {
    const table = withPredictionCodes(predictions, [...paired.catalogueRow], evaluation.codes, threshold);
    await writeTableFile(options.out, table);
  }
  const report =
    options.report === undefined
      ? null
      : await writeReport(options.report, {
          files: options,
          model: modelOf(predictions.table.entries ?? []),
          coverage,
          inspection,
          evaluation,
          rotation: rotation?.line ?? NOT_TURNED,
          figures,
          comparison: comparison?.report,
        });
  if (!options.json) {
    if (report !== null) io.note(`report: ${report}`);
    const lines = [
      ...evaluationLines(evaluation, coverage),
      inspectionSentence(inspection),
      ...(rotation === undefined ? [] : [rotation.line]),
      ...(comparison?.lines ?? []),
    ];
    for (const line of lines) io.out(line);
    return;
  }
  const table = scoreTable(rows);
  const network = { isMc: [] as number[], probability: [] as number[] };
  rows.isSisg.forEach((isSisg, row) => {
    if (isSisg === 1) return;
    network.isMc.push(rows.isMc[row]!);
    network.probability.push(rows.probability[row]!);
  });
  io.json({
    ...coverage,
    ...evaluationJson(evaluation),
    inspection: inspectionJson(inspection),
    reliability: reliabilityJson(reliabilityBins(network.isMc, network.probability)),
    thresholds: thresholdsJson({ raw: thresholdCurve(table, 'raw'), moved: thresholdCurve(table, 'moved') }),
    figures: figuresJson(figures),
    rotation: rotation?.json ?? null,
    comparison: comparison?.json ?? null,
    bootstrap: { seed: options.seed, by: 'physical source', level: 0.95 },
    out: options.out ?? null,
    report,
  });
}
