import { bootstrapByGroup } from '../evaluation/bootstrap.ts';
import { metricsOf } from '../evaluation/confusion.ts';
import { mcNemarPValue } from '../evaluation/mcnemar.ts';
import type { Metric } from '../evaluation/metric.ts';
import { definedMetric } from '../evaluation/metric.ts';
import { rocAuc } from '../evaluation/roc.ts';

/** A row that was held out, with P(MC) of the model before (NaN where there is none) and of the new one. */
export interface ComparedRow {
  readonly isMc: boolean;
  /** Number of its physical source. */
  readonly group: number;
  readonly before: number;
  readonly now: number;
}

export interface MetricOfBoth {
  readonly name: string;
  readonly before: number | undefined;
  readonly now: number | undefined;
  /** now − before with its 95 % interval, from the same resamples of physical sources for both. */
  readonly difference:
    { readonly value: number; readonly low: number | undefined; readonly high: number | undefined } | undefined;
}

export interface HeldOutComparison {
  readonly metrics: readonly MetricOfBoth[];
  /** Absent without a model before. */
  readonly mcNemar:
    { readonly onlyBefore: number; readonly onlyNow: number; readonly pValue: number | undefined } | undefined;
  /** Indices of rows on different sides of the two thresholds. */
  readonly flipped: readonly number[];
}

const NAMES = ['accuracy', 'precision MC', 'recall MC', 'F1 MC', 'ROC AUC'] as const;

/** Old against new on the same rows, each at its own threshold. Rows without a number of the old model count for neither. */
export function compareHeldOut(
  given: readonly ComparedRow[],
  threshold: { readonly before: number; readonly now: number },
  seed: number,
): HeldOutComparison {
  const hasBefore = given.some(({ before }) => !Number.isNaN(before));
  const rows = hasBefore ? given.filter(({ before }) => !Number.isNaN(before)) : given;
  const once = new Float64Array(rows.length).fill(1);
  const groupCount = 1 + rows.reduce((most, { group }) => Math.max(most, group), -1);
  const group = rows.map((row) => row.group);
  const metrics = NAMES.map((name): MetricOfBoth => {
    const of = (model: 'before' | 'now') => (weight: Float64Array) =>
      metricOf(name, rows, model, threshold[model], weight);
    const now = valueOf(of('now')(once));
    if (!hasBefore) return { name, before: undefined, now, difference: undefined };
    const differenceOf = (weight: Float64Array): Metric => {
      const [first, second] = [of('now')(weight), of('before')(weight)];
      if (!first.defined) return first;
      return second.defined ? definedMetric(first.value - second.value) : second;
    };
    const value = valueOf(differenceOf(once));
    const interval = bootstrapByGroup(group, groupCount, differenceOf, { seed });
    const difference = value === undefined ? undefined : { value, low: interval?.low, high: interval?.high };
    return { name, before: valueOf(of('before')(once)), now, difference };
  });
  const isRight = ({ isMc, ...row }: ComparedRow, model: 'before' | 'now'): boolean =>
    row[model] >= threshold[model] === isMc;
  const onlyBefore = rows.filter((row) => isRight(row, 'before') && !isRight(row, 'now')).length;
  const onlyNow = rows.filter((row) => !isRight(row, 'before') && isRight(row, 'now')).length;
  return {
    metrics,
    mcNemar: hasBefore ? { onlyBefore, onlyNow, pValue: mcNemarPValue(onlyBefore, onlyNow) } : undefined,
    flipped: Array.from(given.keys()).filter((index) => {
      const { before, now } = given[index]!;
      return !Number.isNaN(before) && before >= threshold.before !== now >= threshold.now;
    }),
  };
}

function metricOf(
  name: (typeof NAMES)[number],
  rows: readonly ComparedRow[],
  model: 'before' | 'now',
  threshold: number,
  weight: Float64Array,
): Metric {
  if (name === 'ROC AUC') {
    const drawn = rows.flatMap((row, index) => Array.from({ length: weight[index]! }, () => row));
    return rocAuc(
      drawn.map(({ isMc }) => (isMc ? 1 : 0)),
      drawn.map((row) => row[model]),
    );
  }
  let [truePositive, falsePositive, falseNegative, trueNegative] = [0, 0, 0, 0];
  rows.forEach((row, index) => {
    const isFlagged = row[model] >= threshold;
    const times = weight[index]!;
    if (row.isMc) {
      if (isFlagged) truePositive += times;
      else falseNegative += times;
    } else if (isFlagged) falsePositive += times;
    else trueNegative += times;
  });
  const { accuracy, precision, recall, f1 } = metricsOf({ truePositive, falsePositive, falseNegative, trueNegative });
  return { accuracy, 'precision MC': precision, 'recall MC': recall, 'F1 MC': f1 }[name];
}

const valueOf = (metric: Metric): number | undefined => (metric.defined ? metric.value : undefined);
