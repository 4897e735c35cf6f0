import { joinSentence } from '../../core/catalogue/join-report.ts';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Evaluation } from '../../core/evaluation/evaluate-predictions.ts';
import type { ScoredRows } from '../../core/evaluation/scored-rows.ts';
import { findNeighbours } from '../../core/features/neighbours.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Table } from '../../core/table/table.ts';
import { findColumn, numbersOf } from '../../core/table/table.ts';
import type { Property } from '../../figures/property-figures.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import type { EvaluationInput } from './evaluation-input.ts';
import type { PropertyColumn } from './report-figures.ts';
import { reportFigures } from './report-figures.ts';
import { reportPage } from './report-page.ts';

interface ReportedFiles {
  readonly predictions: string;
  readonly labels: string;
  readonly seed: number;
}

/** Columns of the catalogue that Fig. 12 of the paper looks at, where the predictions carry them. */
const CATALOGUE_PROPERTIES: readonly Property[] = [
  { name: 'Maj', unit: 'arcsec', isLog: true },
  { name: 'Total_flux', unit: 'mJy', isLog: true },
  { name: 'lr_dist', unit: 'arcsec', isLog: false },
];
const REPORT_FILE = 'evaluation.html';

/**
 * Writes the page of an evaluation into a folder, which is made where it is not there.
 * @returns the path of the page
 * @throws DomainFailure `file-unwritable`
 */
export async function writeReport(
  folder: string,
  files: ReportedFiles,
  { predictions, paired, coverage }: EvaluationInput,
  rows: ScoredRows,
  evaluation: Evaluation,
): Promise<string> {
  const warning =
    coverage.trainingRowsScored > 0
      ? `Includes ${coverage.trainingRowsScored} rows that the model was trained on: these numbers flatter it.`
      : '';
  const subject = {
    source: `predictions ${basename(files.predictions)}, labels ${basename(files.labels)}`,
    rows: rows.isMc.length,
    mc: rows.isMc.reduce((sum, one) => sum + one, 0),
    warning,
  };
  const { withoutResult } = coverage;
  const facts = {
    title: `Evaluation of ${basename(files.predictions)}`,
    warning,
    lines: [
      `Predictions: ${files.predictions}`,
      `Labels: ${files.labels}`,
      `${coverage.rows} rows: ${coverage.mc} MC, ${coverage.s} S, ${coverage.artefacts} artefacts, ${coverage.unlabelled} unlabelled; ` +
        `${withoutResult.total} labelled rows without a result (${withoutResult.mc} MC) are in no number below.`,
      ...(coverage.join === undefined ? [] : [joinSentence(coverage.join)]),
      coverage.dataset.unknown === coverage.rows
        ? 'Nothing says whether the model saw these rows in training (no column mc_dl_dataset).'
        : `Rows judged: ${coverage.subset}.`,
    ],
  };
  const figures = reportFigures(
    rows,
    evaluation,
    propertiesOf(predictions.table, paired.catalogueRow),
    subject,
    files.seed,
  );
  const path = join(folder, REPORT_FILE);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new DomainFailure({ kind: 'file-unwritable', path: folder, why: 'the folder cannot be made' }, { cause });
  });
  await writeAtomically(path, reportPage(facts, evaluation, figures));
  return path;
}

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
