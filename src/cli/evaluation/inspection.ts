import type { ThresholdWish } from '../../core/evaluation/cost-threshold.ts';
import { thresholdForWish, thresholdOnGrid } from '../../core/evaluation/cost-threshold.ts';
import type { ScoredRows } from '../../core/evaluation/scored-rows.ts';
import { countFrom, scoreTable } from '../../core/evaluation/score-table.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { grouped } from '../../figures/words.ts';
import type { PredictionRows } from '../../services/catalogue-files/load-predictions.ts';

/** Where softmax of two classes is undecided; the paper's own working point. */
export const DEFAULT_THRESHOLD = 0.5;
/** A threshold of seven decimals can be read and typed; scores are stored to about as many. */
const STEPS = 1e7;
const SECONDS_PER_HOUR = 3600;
const MINUTES_PER_HOUR = 60;

const WISH_OPTIONS: Readonly<Record<ThresholdWish['kind'], string>> = {
  recall: '--recall',
  sources: '--max-sources',
  hours: '--max-hours',
};

export interface ThresholdArguments {
  readonly threshold?: number;
  readonly recall?: number;
  readonly maxSources?: number;
  readonly maxHours?: number;
  readonly secondsPerSource: number;
}

/** A threshold, and what looking at everything that it flags costs. */
export interface Inspection {
  readonly threshold: number;
  /** What the threshold follows from; undefined where it was given, or is the usual one. */
  readonly wish: ThresholdWish | undefined;
  /** Rows of the predictions with P(MC) from the threshold on, judged or not, out of those with a result. */
  readonly flagged: number;
  readonly ofRows: number;
  readonly secondsPerSource: number;
  readonly hours: number;
}

/** P(MC) of the rows that the network was asked about, rising: SISG rows and those without a result have none. */
export const networkScores = ({ probability, isSisg, hasResult }: PredictionRows): Float64Array =>
  probability.filter((value, row) => isSisg[row] === 0 && hasResult[row] === 1 && !Number.isNaN(value)).sort();

/**
 * The threshold given, or the one that a wish means, and its cost.
 * @param judged rows with labels; undefined where there are none
 * @throws DomainFailure argument-invalid where the wish cannot be met
 */
export function inspectionFor(
  options: ThresholdArguments,
  predictions: PredictionRows,
  judged: ScoredRows | undefined,
): Inspection {
  const ascending = networkScores(predictions);
  const wish = wishOf(options);
  const threshold =
    wish === undefined ? (options.threshold ?? DEFAULT_THRESHOLD) : thresholdOfWish(wish, ascending, judged);
  const flagged = countFrom(ascending, threshold);
  return {
    threshold,
    wish,
    flagged,
    ofRows: predictions.hasResult.reduce((sum, one) => sum + one, 0),
    secondsPerSource: options.secondsPerSource,
    hours: (flagged * options.secondsPerSource) / SECONDS_PER_HOUR,
  };
}

function thresholdOfWish(wish: ThresholdWish, ascending: Float64Array, judged: ScoredRows | undefined): number {
  const table = judged && scoreTable(judged);
  const short = thresholdOnGrid(wish, ascending, table, 'moved', STEPS);
  if (short.defined) return short.value;
  const found = thresholdForWish(wish, ascending, table, 'moved');
  if (found.defined) return found.value;
  throw new DomainFailure({ kind: 'argument-invalid', name: WISH_OPTIONS[wish.kind], why: found.reason });
}

function wishOf({ recall, maxSources, maxHours, secondsPerSource }: ThresholdArguments): ThresholdWish | undefined {
  if (recall !== undefined) return { kind: 'recall', atLeast: recall };
  if (maxSources !== undefined) return { kind: 'sources', atMost: maxSources };
  return maxHours === undefined ? undefined : { kind: 'hours', atMost: maxHours, secondsPerSource };
}

/** "Threshold 0.5 flags 412 of 9,412 rows with a result: 1.1 hours at 10 s each." */
export function inspectionSentence({ threshold, wish, flagged, ofRows, secondsPerSource, hours }: Inspection): string {
  const why = wish === undefined ? '' : ` (${wishWords(wish)})`;
  return (
    `Threshold ${threshold}${why} flags ${grouped(flagged)} of ${grouped(ofRows)} rows with a result: ` +
    `${timeText(hours)} to inspect at ${secondsPerSource} s each.`
  );
}

function timeText(hours: number): string {
  if (hours === 0) return 'nothing';
  if (hours < 1) return `${Number((hours * MINUTES_PER_HOUR).toPrecision(2))} minutes`;
  return `${hours < 10 ? hours.toPrecision(2) : grouped(hours)} hours`;
}

function wishWords(wish: ThresholdWish): string {
  switch (wish.kind) {
    case 'recall':
      return `the highest with a corrected recall of at least ${wish.atLeast}`;
    case 'sources':
      return `the lowest that flags at most ${grouped(wish.atMost)} sources`;
    case 'hours':
      return `the lowest that costs at most ${wish.atMost} hours`;
  }
}
