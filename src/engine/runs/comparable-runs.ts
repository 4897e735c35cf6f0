import type { ComparableRun } from '../../contract/evaluation.ts';
import { packColumns } from '../../contract/packed-columns.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';
import type { OpenProject } from '../project/open-project.ts';

/** Results that can be compared with those on screen: what the window is told, and how their columns are had. */
interface Comparable {
  readonly told: Omit<ComparableRun, 'isTrainingKnown'>;
  /** One per row of the open catalogue. */
  readonly probability: () => Float64Array;
  readonly dataset: () => Promise<Uint8Array | undefined>;
  /** Whether `dataset` will say anything; nothing is read for it. */
  readonly isTrainingKnown: () => Promise<boolean>;
}

/** What the run on screen can be compared with: the project's own runs, newest first, then those of the compared file. */
export async function comparableRuns(project: OpenProject): Promise<readonly ComparableRun[]> {
  return Promise.all(
    (await comparables(project)).map(async ({ told, isTrainingKnown }) => ({
      ...told,
      isTrainingKnown: await isTrainingKnown(),
    })),
  );
}

/** Body of `/data/predictions?run=KEY`. @throws DomainFailure `run-not-found` where it cannot be compared with */
export async function packedRun(project: OpenProject, key: string): Promise<Uint8Array<ArrayBuffer>> {
  const found = (await comparables(project)).find(({ told }) => told.key === key);
  if (found === undefined) throw new DomainFailure({ kind: 'run-not-found', id: Number(key) });
  const dataset = await found.dataset();
  return packColumns({ probability: found.probability(), ...(dataset === undefined ? {} : { dataset }) }, {});
}

async function comparables(project: OpenProject): Promise<readonly Comparable[]> {
  const { shownRun, comparedFile } = project;
  if (shownRun === undefined) return [];
  const own = ownRuns(project, shownRun).map((run) => ({
    told: { key: String(run.id), file: null, run: toldRun(run) },
    probability: () => project.store.predictions(run.id, run.rowCount).probability,
    dataset: () => project.trainingSplit(run),
    isTrainingKnown: () => project.hasTrainingSplit(run),
  }));
  const other = await comparedFile.current();
  if (other === undefined) return own;
  const { summary: file, results } = other;
  const found = results.map((one) => ({
    told: { key: `file-${one.run?.id ?? 'list'}`, file, run: one.run === undefined ? null : toldRun(one.run) },
    probability: () => comparedFile.probabilityOf(one),
    dataset: async () => comparedFile.datasetOf(one) ?? (one.run && (await project.trainingSplit(one.run))),
    isTrainingKnown: async () =>
      one.run === undefined ? one.dataset !== undefined : await project.hasTrainingSplit(one.run),
  }));
  return [...own, ...found];
}

/** Finished runs over the catalogue of the run on screen, newest first, that one left out: their rows are the same. */
function ownRuns({ store }: OpenProject, shown: StoredRun): readonly StoredRun[] {
  const catalogue = catalogueOf(shown);
  return store
    .runs()
    .filter((run) => run.state === 'complete' && run.id !== shown.id && catalogueOf(run) === catalogue)
    .reverse();
}

const catalogueOf = ({ inputFingerprints }: StoredRun): string | undefined =>
  inputFingerprints.find((print) => print.startsWith('catalogue:'));

const toldRun = ({ id, modelId, isTrained, recipe, startedAt, threshold }: StoredRun): ComparableRun['run'] => ({
  id,
  modelId,
  isTrained,
  recipeName: recipe.name,
  startedAt,
  threshold,
});
