import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { MetricInterval } from '../../src/core/evaluation/metric-interval.ts';
import { bootstrapByGroup, groupNumbers } from '../../src/core/evaluation/bootstrap.ts';
import { metricsOf } from '../../src/core/evaluation/confusion.ts';
import { curveMetrics } from '../../src/core/evaluation/curve-metrics.ts';
import type { Metric } from '../../src/core/evaluation/metric.ts';
import { definedMetric } from '../../src/core/evaluation/metric.ts';
import { randomStream } from '../../src/core/random/philox.ts';
import type { Variant } from './plan.ts';
import { modelIdOf, SEEDS, VARIANTS } from './plan.ts';

/** Rows of the test fields that are not SISG, with P(MC) by every method. */
interface TestTable {
  readonly isMc: Uint8Array;
  readonly isBlend: Uint8Array;
  readonly parent: readonly string[];
  readonly scores: ReadonlyMap<string, Float64Array>;
}

const THRESHOLD = 0.5;
/** Of the singles that are set against the MC rows. */
const BALANCE_SEED = 1;
/** What is asked of a model, at the threshold that gives it. */
const RECALL_ASKED = 0.94;
const METRICS = ['recall', 'precision', 'precisionAsked', 'accuracy', 'rocAuc'] as const;
type MetricName = (typeof METRICS)[number];
const TITLES: Readonly<Record<MetricName, string>> = {
  recall: 'recall MC',
  precision: 'precision MC',
  precisionAsked: `precision at recall ${RECALL_ASKED}`,
  accuracy: 'accuracy',
  rocAuc: 'ROC AUC',
};
const FIXED_COLUMNS = ['Source_Name', 'Parent_Source', 'is_mc', 'is_blend'];

/** Writes the comparison into the cards of the models that ship. @returns it, for reading */
export async function writeComparison(folder: string, machine: string): Promise<string> {
  const all = await readScores(join(folder, 'scores'));
  const table = balanced(all);
  const sections: string[] = [];
  const isThere = ({ ships }: Variant): boolean => ships !== undefined && table.scores.has(ships);
  for (const variant of VARIANTS.filter(isThere)) {
    const section = sectionOf(table, variant.name, variant.comparedWith ?? [], machine);
    sections.push(section);
    const card = join(folder, 'models', variant.ships!, 'CARD.md');
    if (existsSync(card)) await writeFile(card, withSection(await readFile(card, 'utf8'), section));
  }
  const text = sections.join('\n');
  await writeFile(join(folder, 'comparison.md'), text);
  return text;
}

const HEADING = '## Balanced test';
const NEXT_HEADING = '## Epochs';

/** The card with the section before its epochs, in place of the one that may be there. */
function withSection(card: string, section: string): string {
  const [before, after] = card.split(NEXT_HEADING) as [string, string];
  return `${before.split(HEADING)[0]!}${section}\n${NEXT_HEADING}${after}`;
}

async function readScores(folder: string): Promise<TestTable> {
  const rows: Record<string, string>[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const text = await readFile(join(folder, file), 'utf8');
    rows.push(...Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data);
  }
  const methods = Object.keys(rows[0] ?? {}).filter((name) => !FIXED_COLUMNS.includes(name));
  return {
    isMc: Uint8Array.from(rows, (row) => Number(row['is_mc'])),
    isBlend: Uint8Array.from(rows, (row) => Number(row['is_blend'])),
    parent: rows.map((row) => row['Parent_Source']!),
    scores: new Map(methods.map((name) => [name, Float64Array.from(rows, (row) => Number(row[name]))])),
  };
}

/** As the training data are balanced: every MC row, and as many S rows, every blend first and then singles by chance. */
function balanced({ isMc, isBlend, parent, scores }: TestTable): TestTable {
  const all = Array.from(isMc.keys());
  const mc = all.filter((row) => isMc[row] === 1);
  const singles = all.filter((row) => isMc[row] === 0 && isBlend[row] === 0);
  randomStream(BALANCE_SEED).shuffleInPlace(singles);
  const s = [...all.filter((row) => isMc[row] === 0 && isBlend[row] === 1), ...singles].slice(0, mc.length);
  const chosen = [...mc, ...s];
  return {
    isMc: Uint8Array.from(chosen, (row) => isMc[row]!),
    isBlend: Uint8Array.from(chosen, (row) => isBlend[row]!),
    parent: chosen.map((row) => parent[row]!),
    scores: new Map(
      Array.from(scores, ([name, score]) => [name, Float64Array.from(chosen, (row) => score[row]!)] as const),
    ),
  };
}

type Numbers = Readonly<Record<MetricName, number>>;

/** The metrics of a method as a function of how often each row counts. */
function measure(isMc: Uint8Array, score: Float64Array): (weight: Float64Array) => Numbers {
  const curves = curveMetrics(isMc, score);
  const precisionAt = precisionAtRecall(isMc, score, RECALL_ASKED);
  return (weight) => {
    const counts = { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 };
    score.forEach((value, row) => {
      const isFlagged = value >= THRESHOLD;
      if (isMc[row] === 1) counts[isFlagged ? 'truePositive' : 'falseNegative'] += weight[row]!;
      else counts[isFlagged ? 'falsePositive' : 'trueNegative'] += weight[row]!;
    });
    const { recall, precision, accuracy } = metricsOf(counts);
    return {
      recall: valueOf(recall),
      precision: valueOf(precision),
      precisionAsked: precisionAt(weight),
      accuracy: valueOf(accuracy),
      rocAuc: valueOf(curves(weight).rocAuc),
    };
  };
}

/** Precision at the highest threshold that finds that share of MC, as a function of how often each row counts. */
function precisionAtRecall(isMc: Uint8Array, score: Float64Array, recall: number): (weight: Float64Array) => number {
  const falling = Array.from(score.keys()).sort((a, b) => score[b]! - score[a]!);
  return (weight) => {
    const total = isMc.reduce((sum, one, row) => sum + one * weight[row]!, 0);
    let [truePositive, falsePositive] = [0, 0];
    for (const [place, row] of falling.entries()) {
      if (isMc[row] === 1) truePositive += weight[row]!;
      else falsePositive += weight[row]!;
      // Rows of one score are flagged together.
      if (truePositive >= recall * total && score[falling[place + 1] ?? -1] !== score[row]) break;
    }
    return truePositive / (truePositive + falsePositive);
  };
}

const valueOf = (metric: Metric): number => (metric.defined ? metric.value : Number.NaN);

function sectionOf(table: TestTable, variant: string, others: readonly string[], machine: string): string {
  const seeds = SEEDS.filter((seed) => table.scores.has(modelIdOf(variant, seed)));
  const methodOf = (name: string): ReadonlyMap<number, Measures[number]> =>
    new Map(
      seeds.flatMap((seed) => {
        const score = table.scores.get(modelIdOf(name, seed));
        return score === undefined ? [] : [[seed, measure(table.isMc, score)] as const];
      }),
    );
  const bySeed = methodOf(variant);
  const own = [...bySeed.values()];
  const rows: Resampled = { ...groupNumbers(table.parent), once: new Float64Array(table.isMc.length).fill(1) };
  const lines = [
    HEADING,
    '',
    `${table.isMc.reduce((sum, one) => sum + one, 0)} MC rows of the test fields, none SISG, against as many S rows: every blend, then singles by`,
    `chance. MC from ${THRESHOLD}; ${seeds.length === 1 ? 'one seed' : `the mean over ${seeds.length} seeds`} of weights, split and order. Intervals: 95 %, bootstrap by physical source;`,
    `differences are paired, on the same draws, with methods trained on the same rows. Trained on: ${machine}.`,
    '',
    `| method | ${METRICS.map((name) => TITLES[name]).join(' | ')} |`,
    `|---|${'---|'.repeat(METRICS.length)}`,
    `| **this network** | ${METRICS.map((name) => `**${meanWithInterval(own, name, rows)}**`).join(' | ')} |`,
    ...seeds.map((seed, index) => {
      const numbers = own[index]!(rows.once);
      return `| seed ${seed}${index === 0 ? ' (this model)' : ''} | ${METRICS.map((name) => fixed(numbers[name])).join(' | ')} |`;
    }),
    ...others.flatMap((other) => {
      const found = methodOf(other);
      if (found.size === 0) return [];
      // Of fewer seeds: each against the same seed of this network.
      const same = [...found.keys()];
      const [theirs, ours] = [[...found.values()], same.map((seed) => bySeed.get(seed)!)];
      const which = same.length === seeds.length ? '' : `, seed ${same.join(' and ')}`;
      return [
        `| ${other}${which} | ${METRICS.map((name) => meanWithInterval(theirs, name, rows)).join(' | ')} |`,
        `| this network${which} − ${other} | ${METRICS.map((name) => difference(ours, theirs, name, rows)).join(' | ')} |`,
      ];
    }),
    '',
  ];
  return lines.join('\n');
}

type Measures = readonly ((weight: Float64Array) => Numbers)[];

/** The rows: numbers of their physical sources, and the weights that count each once. */
interface Resampled {
  readonly group: Int32Array;
  readonly groupCount: number;
  readonly once: Float64Array;
}

const meanOf = (measures: Measures, name: MetricName, weight: Float64Array): number =>
  measures.reduce((sum, numbers) => sum + numbers(weight)[name], 0) / measures.length;

function withInterval(
  of: (weight: Float64Array) => number,
  { group, groupCount, once }: Resampled,
): { value: number; interval: MetricInterval | undefined } {
  const metric = (weight: Float64Array): Metric => definedMetric(of(weight));
  return { value: of(once), interval: bootstrapByGroup(group, groupCount, metric, { seed: BALANCE_SEED }) };
}

function meanWithInterval(measures: Measures, name: MetricName, rows: Resampled): string {
  const { value, interval } = withInterval((weight) => meanOf(measures, name, weight), rows);
  return interval === undefined ? fixed(value) : `${fixed(value)} (${fixed(interval.low)}–${fixed(interval.high)})`;
}

function difference(own: Measures, theirs: Measures, name: MetricName, rows: Resampled): string {
  const of = (weight: Float64Array): number => meanOf(own, name, weight) - meanOf(theirs, name, weight);
  const { value, interval } = withInterval(of, rows);
  return interval === undefined
    ? signed(value)
    : `${signed(value)} (${signed(interval.low)} to ${signed(interval.high)})`;
}

const fixed = (value: number): string => value.toFixed(3);
const signed = (value: number): string => (value < 0 ? `−${fixed(-value)}` : `+${fixed(value)}`);
