import { packColumns } from '../contract/packed-columns.ts';
import { DomainFailure } from '../core/result/failure.ts';
import type { StoredRun } from '../services/project-store/runs.ts';
import type { OpenProject } from './open-project.ts';

/** Finished runs over the catalogue of the run on screen, newest first, that one left out: their rows are the same. */
export function comparableRuns({ store, shownRun }: OpenProject): readonly StoredRun[] {
  if (shownRun === undefined) return [];
  const catalogue = catalogueOf(shownRun);
  return store
    .runs()
    .filter((run) => run.state === 'complete' && run.id !== shownRun.id && catalogueOf(run) === catalogue)
    .reverse();
}

const catalogueOf = ({ inputFingerprints }: StoredRun): string | undefined =>
  inputFingerprints.find((print) => print.startsWith('catalogue:'));

/** Body of `/data/predictions?run=ID`. @throws DomainFailure `run-not-found` where it cannot be compared with */
export function packedRun(project: OpenProject, id: string): Uint8Array<ArrayBuffer> {
  const run = comparableRuns(project).find((other) => String(other.id) === id);
  if (run === undefined) throw new DomainFailure({ kind: 'run-not-found', id: Number(id) });
  const stored = project.store.predictions(run.id, run.rowCount);
  const { runId, probability, status, validFraction, statusNames } = stored;
  return packColumns({ probability, status, validFraction }, { runId, statusNames });
}
