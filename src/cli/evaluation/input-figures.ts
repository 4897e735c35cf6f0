import { basename } from 'node:path';
import type { CatalogueColumn } from '../../core/catalogue/catalogue-columns.ts';
import { columnReader } from '../../core/catalogue/column-reader.ts';
import type { Evaluation } from '../../core/evaluation/evaluate-predictions.ts';
import { spansDecades } from '../../core/evaluation/property-performance.ts';
import type { ScoredRows } from '../../core/evaluation/scored-rows.ts';
import { findNeighbours } from '../../core/features/neighbours.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Table } from '../../core/table/table.ts';
import { findColumn, numbersOf } from '../../core/table/table.ts';
import type { Figure } from '../../figures/figure.ts';
import type { Property } from '../../figures/property-figures.ts';
import type { PredictionRows } from '../../services/catalogue-files/load-predictions.ts';
import type { Coverage, EvaluationInput } from './evaluation-input.ts';
import type { PropertyColumn } from './report-figures.ts';
import { reportFigures } from './report-figures.ts';

interface EvaluatedFiles {
  readonly predictions: string;
  readonly labels: string;
  /** Columns of the predictions to look at performance against, beside those of the paper. */
  readonly property?: readonly string[];
  /** Of the bootstrap. */
  readonly seed: number;
}

/** Columns of the catalogue that Fig. 12 of the paper looks at, where the predictions carry them, in these units. */
const CATALOGUE_PROPERTIES: readonly { readonly column: CatalogueColumn; readonly property: Property }[] = [
  { column: 'maj', property: { name: 'Maj', unit: 'arcsec', isLog: true } },
  { column: 'totalFlux', property: { name: 'Total_flux', unit: 'mJy', isLog: true } },
  { column: 'lrDist', property: { name: 'lr_dist', unit: 'arcsec', isLog: false } },
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
    propertiesOf(files, predictions, paired.catalogueRow),
    {
      source: `predictions ${basename(files.predictions)}, labels ${basename(files.labels)}`,
      rows: rows.isMc.length,
      mc: rows.isMc.reduce((sum, one) => sum + one, 0),
      warning: trainedOnWarning(coverage),
    },
    files.seed,
  );

/** Properties of the judged rows, then the columns that were asked for; neighbours are counted among all rows of the table. */
function propertiesOf(
  { predictions: path, property: named = [] }: EvaluatedFiles,
  { table, positions }: PredictionRows,
  judged: Uint32Array,
): readonly PropertyColumn[] {
  const reader = columnReader(table, path);
  const found = CATALOGUE_PROPERTIES.flatMap(({ column, property }) => {
    const all = reader.numbers(column);
    return all === undefined ? [] : [{ property, all }];
  });
  if (positions !== undefined) {
    const { distanceArcsec, within45, perRow } = findNeighbours(positions.raDeg, positions.decDeg);
    found.push(
      {
        property: { name: 'NN_dist', unit: 'arcsec', isLog: false },
        all: Float64Array.from(within45, (_, row) => distanceArcsec[row * perRow]!),
      },
      { property: { name: 'NN_45', unit: '', isLog: false }, all: Float64Array.from(within45) },
    );
  }
  found.push(...named.map((name) => namedProperty(table, path, name)));
  return found
    .map(({ property, all }) => ({ property, values: Float64Array.from(judged, (row) => all[row]!) }))
    .filter(({ values }) => values.some(Number.isFinite));
}

/** @throws DomainFailure table-column-missing, catalogue-column-not-numeric */
function namedProperty(
  table: Table,
  path: string,
  name: string,
): { readonly property: Property; readonly all: Float64Array } {
  const column = findColumn(table, name);
  if (column === undefined) throw new DomainFailure({ kind: 'table-column-missing', path, column: name });
  const all = numbersOf(column);
  if (all === undefined) throw new DomainFailure({ kind: 'catalogue-column-not-numeric', path, column: name });
  return { property: { name: column.name, unit: column.unit ?? '', isLog: spansDecades(all) }, all };
}
