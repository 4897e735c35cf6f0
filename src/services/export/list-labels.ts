import type { JoinReport } from '../../core/catalogue/join-report.ts';
import { LabelBook } from '../../core/labels/label-book.ts';
import { agreedLabels, rowLabelsOf } from '../../core/labels/row-labels.ts';
import { domainErrorOf } from '../../core/result/failure.ts';
import { loadLabels } from '../catalogue-files/load-labels.ts';
import type { NamedRows } from '../model-store/training-split.ts';
import { trainingSplitOf } from '../model-store/training-split.ts';
import type { ProjectStore } from '../project-store/project-store.ts';

/** What a list under the paper's names says of the labels of its rows. */
export interface ListLabels {
  /** `MC`, `S`, or another word for neither. */
  readonly labelClass: readonly string[] | undefined;
  /** `mc_dl_dataset` of each row; undefined where neither the model nor the labels say what was trained on. */
  readonly dataset: Uint8Array | undefined;
  /** Whether any of them was given in a project, where no file holds it. */
  readonly isByHand: boolean;
  /** The file that the others come from. */
  readonly file: string | undefined;
  /** Which rows that file speaks of, and how they were found. */
  readonly join: JoinReport | undefined;
}

/** Where the path of the labels that a project is judged by is kept in it. */
export const REFERENCE_LABELS_KEY = 'reference-labels';

/**
 * Labels of a file, with what the model says of its own training.
 * @param modelFolder of the model; undefined where it is gone
 * @throws DomainFailure of a file that cannot be used
 */
export async function labelsOfFile(
  file: string | undefined,
  modelFolder: string | undefined,
  rows: NamedRows,
): Promise<ListLabels> {
  const positions = { raDeg: Float64Array.from(rows.raDeg), decDeg: Float64Array.from(rows.decDeg) };
  const labels = file === undefined ? undefined : await loadLabels(file, rows.name, positions);
  const ofModel = modelFolder === undefined ? undefined : await trainingSplitOf(modelFolder, rows);
  return {
    labelClass: labels?.labelClass,
    dataset: ofModel ?? labels?.dataset(),
    isByHand: false,
    file,
    join: labels?.join,
  };
}

/**
 * Labels of a project: those given by hand, on which all labellers agree, before those of the file that it is judged by.
 * A file that has moved counts as none.
 */
export async function labelsOfProject(
  store: Pick<ProjectStore, 'labels' | 'viewState'>,
  modelFolder: string | undefined,
  rows: NamedRows,
): Promise<ListLabels> {
  const kept = store.viewState(REFERENCE_LABELS_KEY);
  const ofFile = await labelsOfFile(typeof kept === 'string' ? kept : undefined, modelFolder, rows).catch(
    (thrown: unknown) => {
      if (domainErrorOf(thrown) === undefined) throw thrown;
      return labelsOfFile(undefined, modelFolder, rows);
    },
  );
  const byHand = rowLabelsOf(rows.name, agreedLabels(new LabelBook(rows.name, store.labels())).word).labelClass;
  const isByHand = byHand.some((label) => label !== 'unlabelled');
  if (!isByHand) return ofFile;
  const labelClass = byHand.map((label, row) => (label === 'unlabelled' ? (ofFile.labelClass?.[row] ?? label) : label));
  return { ...ofFile, labelClass, isByHand };
}
