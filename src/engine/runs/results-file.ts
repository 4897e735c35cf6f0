import type { PlacedRows } from '../../core/catalogue/row-join.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { loadCatalogue } from '../../services/catalogue-files/load-catalogue.ts';
import { loadPredictions } from '../../services/catalogue-files/load-predictions.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import { openProjectCopy, PROJECT_EXTENSION } from '../../services/project-store/project-store.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';
import { storedReading } from '../project/field-reading.ts';
import { filesOf, inputFingerprint } from '../project/project-inputs.ts';

/** Results that a file holds: those of a project's finished runs, or the one column of a list. */
export interface ResultsFile {
  readonly path: string;
  /** The sources that they are of. */
  readonly rows: PlacedRows;
  /** Newest first, at least one. */
  readonly results: readonly FileResults[];
  close(): void;
}

/** One set of results of a file. */
export interface FileResults {
  /** Undefined for a list. */
  readonly run: StoredRun | undefined;
  /** What the file itself says that its model saw of each row; undefined where it does not. */
  readonly dataset: Uint8Array | undefined;
  /** P(MC) of each row; NaN where there is none. */
  probability(): Float64Array;
}

/** A catalogue that is read already, so that a project of the same one does not read it again. */
export interface KnownRows {
  readonly fingerprint: string;
  readonly rows: PlacedRows;
}

/**
 * Reads results to compare with: of a project file, which is neither changed nor locked, or of a list with scores.
 * @throws DomainFailure `project-invalid` where a project has no finished run of its present catalogue, and as reading
 * either does
 */
export function openResultsFile(path: string, known?: KnownRows): Promise<ResultsFile> {
  return path.toLowerCase().endsWith(PROJECT_EXTENSION) ? resultsOfProject(path, known) : resultsOfList(path);
}

async function resultsOfList(path: string): Promise<ResultsFile> {
  const { name, positions, probability, hasResult, dataset } = await loadPredictions(path);
  const decided = probability.map((value, row) => (hasResult[row] === 1 ? value : Number.NaN));
  return {
    path,
    rows: { name, positions },
    results: [{ run: undefined, dataset, probability: () => decided }],
    close: () => undefined,
  };
}

async function resultsOfProject(path: string, known: KnownRows | undefined): Promise<ResultsFile> {
  const store = await openProjectCopy(path);
  try {
    const fingerprint = store.placedInputs().find(({ role }) => role === 'catalogue')?.fingerprint ?? 'none';
    // Of an earlier catalogue there are runs, too, whose rows are others.
    const runs = store
      .runs()
      .filter(({ state, inputFingerprints }) => {
        return state === 'complete' && inputFingerprints.includes(`catalogue:${fingerprint}`);
      })
      .reverse();
    if (runs.length === 0) {
      throw new DomainFailure({ kind: 'project-invalid', path, why: 'it has no finished run of its catalogue' });
    }
    const rows = known?.fingerprint === fingerprint ? known.rows : await catalogueRows(store, fingerprint);
    return {
      path,
      rows,
      results: runs.map((run) => ({
        run,
        dataset: undefined,
        probability: () => store.predictions(run.id, rows.name.length).probability,
      })),
      close: () => store.close(),
    };
  } catch (thrown) {
    store.close();
    throw thrown;
  }
}

/** @throws DomainFailure `project-invalid` where the catalogue is another by now: runs know its rows by number alone */
async function catalogueRows(store: ProjectStore, fingerprint: string): Promise<PlacedRows> {
  const { units, columnMap } = storedReading(store);
  const { catalogue: path } = filesOf(store.inputs(), store.path);
  if ((await inputFingerprint(path)) !== fingerprint) {
    const why = `its catalogue ${path} has changed since; open the project and classify it again`;
    throw new DomainFailure({ kind: 'project-invalid', path: store.path, why });
  }
  const { catalogue } = await loadCatalogue({ catalogue: path }, { units, columnMap });
  return { name: catalogue.name, positions: catalogue };
}
