import { joinSentence } from '../../core/catalogue/join-report.ts';
import type { AssociationMode } from '../../core/evaluation/association-correction.ts';
import { ASSOCIATION_MODE_WORDS } from '../../core/evaluation/association-correction.ts';
import type { MetricInterval } from '../../core/evaluation/metric-interval.ts';
import type { CurveMetrics, Evaluation, SampleName } from '../../core/evaluation/evaluate-predictions.ts';
import type { Metric } from '../../core/evaluation/metric.ts';
import type { Coverage } from './evaluation-input.ts';

const SAMPLE_WORDS: Readonly<Record<SampleName, string>> = {
  all: 'All rows, SISG → S',
  nonSisg: 'Non-SISG',
  sisg: 'SISG → S',
  below4Mjy: 'Below 4 mJy, SISG → S',
  above4Mjy: 'From 4 mJy on, SISG → S',
};

const CURVE_WORDS: Readonly<Record<keyof CurveMetrics, string>> = {
  rocAuc: 'ROC AUC',
  averagePrecision: 'average precision',
  brier: 'Brier score',
  ece: 'expected calibration error',
};

const MODES: readonly AssociationMode[] = ['raw', 'moved'];
const DECIMALS = 4;

/** The evaluation as lines for a terminal. */
export function evaluationLines(evaluation: Evaluation, coverage: Coverage): readonly string[] {
  const { withoutResult } = coverage;
  return [
    ...(coverage.trainingRowsScored > 0
      ? [`INCLUDES ${coverage.trainingRowsScored} ROWS THAT THE MODEL WAS TRAINED ON: these numbers flatter it.`]
      : []),
    `${coverage.rows} rows: ${coverage.mc} MC, ${coverage.s} S, ${coverage.artefacts} artefacts, ${coverage.unlabelled} unlabelled`,
    ...(coverage.join === undefined ? [] : [joinSentence(coverage.join)]),
    `Without a result, counted apart: ${withoutResult.total} labelled rows, ${withoutResult.mc} of them MC`,
    `Over non-SISG rows, uncorrected (95 % intervals by physical source):`,
    ...Object.entries(evaluation.curve).map(
      ([name, { metric, interval, noInterval }]) =>
        `  ${CURVE_WORDS[name as keyof CurveMetrics]}: ${metricText(metric, interval)}` +
        (noInterval === undefined ? '' : `, ${noInterval}`),
    ),
    `At threshold ${evaluation.threshold}:`,
    ...Object.entries(evaluation.samples).flatMap(([name, sample]) =>
      MODES.map((mode) => {
        const { counts, metrics, intervals } = sample.byMode[mode];
        return (
          `  ${SAMPLE_WORDS[name as SampleName]}, ${ASSOCIATION_MODE_WORDS[mode]}: ` +
          `TP ${counts.truePositive}, FP ${counts.falsePositive}, FN ${counts.falseNegative}, TN ${counts.trueNegative}; ` +
          `recall ${metricText(metrics.recall, intervals.recall)}, precision ${metricText(metrics.precision, intervals.precision)}, ` +
          `balanced accuracy ${metricText(metrics.balancedAccuracy)}, MCC ${metricText(metrics.mcc)}, ` +
          `accuracy ${metricText(metrics.accuracy)} (always S: ${metricText(metrics.alwaysSAccuracy)}), ` +
          `FPR ${metricText(metrics.falsePositiveRate)}`
        );
      }),
    ),
  ];
}

/** Four decimals, the interval in brackets and whose it is where it is not from resamples, or why there is no number. */
export function metricText(metric: Metric, interval?: MetricInterval): string {
  if (!metric.defined) return `undefined (${metric.reason})`;
  const value = metric.value.toFixed(DECIMALS);
  if (interval === undefined) return value;
  const whose = interval.by === 'wilson' ? ', Wilson' : '';
  return `${value} (${interval.low.toFixed(DECIMALS)} … ${interval.high.toFixed(DECIMALS)}${whose})`;
}
