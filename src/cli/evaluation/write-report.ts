import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { joinSentence } from '../../core/catalogue/join-report.ts';
import type { Evaluation } from '../../core/evaluation/evaluate-predictions.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Figure } from '../../figures/figure.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import type { Coverage } from './evaluation-input.ts';
import { trainedOnWarning } from './input-figures.ts';
import type { ReportedComparison } from './report-page.ts';
import { reportPage } from './report-page.ts';

interface ReportedFiles {
  readonly predictions: string;
  readonly labels: string;
}

const REPORT_FILE = 'evaluation.html';

/**
 * Writes the page of an evaluation into a folder, which is made where it is not there.
 * @returns the path of the page
 * @throws DomainFailure `file-unwritable`
 */
export async function writeReport(
  folder: string,
  files: ReportedFiles,
  coverage: Coverage,
  evaluation: Evaluation,
  figures: readonly Figure[],
  comparison: ReportedComparison | undefined,
): Promise<string> {
  const warning = trainedOnWarning(coverage);
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
  const path = join(folder, REPORT_FILE);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new DomainFailure({ kind: 'file-unwritable', path: folder, why: 'the folder cannot be made' }, { cause });
  });
  await writeAtomically(path, reportPage(facts, evaluation, figures, comparison));
  return path;
}
