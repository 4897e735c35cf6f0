import type { AssociationMode } from '../../../core/evaluation/association-correction.ts';
import { CELL, CELL_NAMES, cellOf } from '../../../core/evaluation/cells.ts';
import type { PropertyBins } from '../../../core/evaluation/property-performance.ts';
import type { ScoreTable } from '../../../core/evaluation/score-table.ts';
import { binWords } from '../../../figures/property-figures.ts';
import type { Property } from '../../../figures/property-figures.ts';
import { CELL_WORDS } from '../../../figures/words.ts';
import type { JudgedRows } from '../../state/evaluation.ts';
import type { RowSet } from '../../state/row-set.ts';
import type { FigureChoice } from './figure-choices.ts';

/** What a click or a brush on a figure is about. */
export interface LinkedFigure {
  readonly choice: FigureChoice;
  readonly judged: JudgedRows;
  /** Whether a judged row is in a sample of the matrices. */
  readonly isInSample: (name: string, index: number) => boolean;
  readonly property: Property;
  /** Of the figures over a property. */
  readonly bins: PropertyBins | undefined;
  /** The property of each judged row. */
  readonly values: Float64Array | undefined;
  readonly threshold: number;
  readonly mode: AssociationMode;
}

/** Catalogue rows behind a mark, by the words that the figure gave it; undefined where it stands for none. */
export function rowsOfMark(words: string, figure: LinkedFigure): RowSet | undefined {
  const { judged, bins, property, threshold, mode, isInSample } = figure;
  const [first, second] = words.split('\n');
  const cellName = CELL_NAMES.find((name) => CELL_WORDS[name] === second);
  const bin = bins?.bins.findIndex((one) => binWords(property, one) === first) ?? -1;
  if (first === undefined || (bins !== undefined && bin < 0) || (bins === undefined && cellName === undefined)) {
    return undefined;
  }
  return judgedRowsWhere(
    judged,
    (index) =>
      (bins === undefined ? isInSample(first, index) : bins.binOf[index] === bin) &&
      (cellName === undefined || cellOf(judged.scored, index, threshold, mode) === CELL[cellName]),
  );
}

/** Catalogue rows between two places of the x axis; undefined where the figure has no axis that rows lie on. */
export function rowsOfBrush(low: number, high: number, figure: LinkedFigure): RowSet | undefined {
  const { choice, judged, values, mode } = figure;
  if (choice === 'matrices') return undefined;
  if (values !== undefined) return judgedRowsWhere(judged, (index) => values[index]! >= low && values[index]! <= high);
  const { table, scored } = judged;
  const scores =
    choice === 'roc'
      ? scoresOfRates(table.s, low, high)
      : choice === 'precision-recall'
        ? scoresOfRates(mcScores(table, mode), low, high)
        : ([low, high] as const);
  const lowest = Math.max(0, scores[0]);
  return judgedRowsWhere(judged, (index) => scored.score[index]! >= lowest && scored.score[index]! <= scores[1]);
}

const mcScores = (table: ScoreTable, mode: AssociationMode): Float64Array =>
  mode === 'raw' ? table.mc : table.mcCorrected;

/** Scores between the thresholds at which these shares of the ascending scores are flagged. */
function scoresOfRates(ascending: Float64Array, low: number, high: number): readonly [number, number] {
  const at = (rate: number): number =>
    ascending[Math.min(ascending.length - 1, Math.max(0, Math.round((1 - rate) * (ascending.length - 1))))] ?? 0;
  return [at(high), low <= 0 ? 1 : at(low)];
}

const judgedRowsWhere = ({ paired }: JudgedRows, holds: (index: number) => boolean): RowSet =>
  paired.catalogueRow.filter((_, index) => holds(index));
