import { basename } from 'node:path';
import type { Evaluation } from '../../core/evaluation/evaluate-predictions.ts';
import type { ScoredRows } from '../../core/evaluation/scored-rows.ts';
import { findNeighbours } from '../../core/features/neighbours.ts';
import type { Table } from '../../core/table/table.ts';
import { findColumn, numbersOf } from '../../core/table/table.ts';
import type { Figure } from '../../figures/figure.ts';
import type { Property } from '../../figures/property-figures.ts';
import type { Coverage, EvaluationInput } from './evaluation-input.ts';
import type { PropertyColumn } from './report-figures.ts';
import { reportFigures } from './report-figures.ts';

interface EvaluatedFiles {
  readonly predictions: string;
  readonly labels: string;
  /** Of the bootstrap. */
  readonly seed: number;
}

/** Columns of the catalogue that Fig. 12 of the paper looks at, where the predictions carry them. */
const CATALOGUE_PROPERTIES: readonly Property[] = [
  { name: 'Maj', unit: 'arcsec', isLog: true },
  { name: 'Total_flux', unit: 'mJy', isLog: true },
  { name: 'lr_dist', unit: 'arcsec', isLog: false },
];
/** What must be read before any number; empty where there is nothing to warn of. */
export const trainedOnWarning = ({ trainingRowsScored }: Coverage): string =>
  trainingRowsScored > 0
    ? `Includes ${trainingRowsScored} rows that the model was trained on: these numbers flatter it.`
    : '';

/** Every figure of the evaluation, whose numbers are also what is printed as JSON. */
export const inputFigures = (
  files: EvaluatedFiles,
  { predictions, paired, coverage }: EvaluationInput,
  rows: ScoredRows,
  evaluation: Evaluation,
): readonly Figure[] =>
  reportFigures(
    rows,
    evaluation,
    propertiesOf(predictions.table, paired.catalogueRow),
    {
      source: `predictions ${basename(files.predictions)}, labels ${basename(files.labels)}`,
      rows: rows.isMc.length,
      mc: rows.isMc.reduce((sum, one) => sum + one, 0),
      warning: trainedOnWarning(coverage),
    },
    files.seed,
  );

/** Properties of the judged rows; neighbours are counted among all rows of the table. */
function propertiesOf(table: Table, judged: Uint32Array): readonly PropertyColumn[] {
  const numbers = (name: string): Float64Array | undefined => {
    const column = findColumn(table, name);
    return column && numbersOf(column);
  };
  const found = CATALOGUE_PROPERTIES.flatMap((property) => {
    const all = numbers(property.name);
    return all === undefined ? [] : [{ property, all }];
  });
  const [raDeg, decDeg] = [numbers('RA'), numbers('DEC')];
  if (raDeg !== undefined && decDeg !== undefined) {
    const { distanceArcsec, within45, perRow } = findNeighbours(raDeg, decDeg);
    found.push(
      {
        property: { name: 'NN_dist', unit: 'arcsec', isLog: false },
        all: Float64Array.from(raDeg, (_, row) => distanceArcsec[row * perRow]!),
      },
      { property: { name: 'NN_45', unit: '', isLog: false }, all: Float64Array.from(within45) },
    );
  }
  return found
    .map(({ property, all }) => ({ property, values: Float64Array.from(judged, (row) => all[row]!) }))
    .filter(({ values }) => values.some(Number.isFinite));
}
