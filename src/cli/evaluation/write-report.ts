import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { joinSentence } from '../../core/catalogue/join-report.ts';
import type { NamedModel } from '../../core/classification/provenance.ts';
import type { Evaluation, SampleEvaluation } from '../../core/evaluation/evaluate-predictions.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Figure } from '../../figures/figure.ts';
import { grouped, percentText } from '../../figures/words.ts';
import { writeAtomically } from '../../services/fits-files/atomic-write.ts';
import type { Coverage } from './evaluation-input.ts';
import { trainedOnWarning } from './input-figures.ts';
import type { Inspection } from './inspection.ts';
import { inspectionSentence } from './inspection.ts';
import type { ReportedComparison } from './report-page.ts';
import { reportPage } from './report-page.ts';

/** What a page is made of. */
export interface Reported {
  readonly files: { readonly predictions: string; readonly labels: string; readonly rotation?: string };
  readonly model: NamedModel | undefined;
  readonly coverage: Coverage;
  readonly inspection: Inspection;
  readonly evaluation: Evaluation;
  /** What is said of the orientations. */
  readonly rotation: string;
  /** All of them, in the order of the page. */
  readonly figures: readonly Figure[];
  readonly comparison: ReportedComparison | undefined;
}

const REPORT_FILE = 'evaluation.html';

/**
 * Writes the page of an evaluation into a folder, which is made where it is not there.
 * @returns the path of the page
 * @throws DomainFailure `file-unwritable`
 */
export async function writeReport(
  folder: string,
  { files, model, coverage, inspection, evaluation, rotation, figures, comparison }: Reported,
): Promise<string> {
  const warning = trainedOnWarning(coverage);
  const { withoutResult } = coverage;
  const facts = {
    title: `Evaluation of ${basename(files.predictions)}`,
    warning,
    lines: [
      `Predictions: ${files.predictions}${model === undefined ? '' : `, model ${model.modelId}`}`,
      `Labels: ${files.labels}`,
      `${grouped(coverage.rows)} rows: ${grouped(coverage.mc)} MC, ${grouped(coverage.s)} S, ` +
        `${grouped(coverage.artefacts)} artefacts, ${grouped(coverage.unlabelled)} unlabelled; ` +
        `${grouped(withoutResult.total)} labelled rows without a result (${grouped(withoutResult.mc)} MC) are in no number below.`,
      ...(coverage.join === undefined ? [] : [joinSentence(coverage.join)]),
      coverage.dataset.unknown === coverage.rows
        ? 'Nothing says whether the model saw these rows in training (no column mc_dl_dataset).'
        : `Rows judged: ${coverage.subset}.`,
      prevalenceSentence(evaluation),
      inspectionSentence(inspection),
      rotation,
    ],
  };
  return writePage(folder, reportPage(facts, evaluation, figures, comparison));
}

/**
 * Writes a page about predictions without labels: `lines` say what is known, and what is not.
 * @returns the path of the page
 * @throws DomainFailure `file-unwritable`
 */
export async function writeUnlabelledReport(
  folder: string,
  predictions: string,
  lines: readonly string[],
  figures: readonly Figure[],
): Promise<string> {
  const facts = {
    title: `Scores of ${basename(predictions)}`,
    warning: '',
    lines: [`Predictions: ${predictions}`, ...lines],
  };
  return writePage(folder, reportPage(facts, undefined, figures, undefined));
}

async function writePage(folder: string, page: string): Promise<string> {
  const path = join(folder, REPORT_FILE);
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    throw new DomainFailure({ kind: 'file-unwritable', path: folder, why: 'the folder cannot be made' }, { cause });
  });
  await writeAtomically(path, page);
  return path;
}

/** "MC: 3.7 % of the judged rows, 8.8 % of the non-SISG ones." */
function prevalenceSentence({ samples: { all, nonSisg } }: Evaluation): string {
  const share = (sample: SampleEvaluation | undefined): string =>
    percentText(sample === undefined || sample.rows === 0 ? Number.NaN : sample.mc / sample.rows);
  return `MC: ${share(all)} of the judged rows, ${share(nonSisg)} of the non-SISG ones.`;
}
