import type { ComparedFile } from '../../contract/evaluation.ts';
import type { PlacedRows } from '../../core/catalogue/row-join.ts';
import { joinedValues, joinReportOf, joinRows } from '../../core/catalogue/row-join.ts';
import { DATASET_UNKNOWN } from '../../core/evaluation/data-subsets.ts';
import { DomainFailure, domainErrorOf } from '../../core/result/failure.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import type { FileResults, ResultsFile } from './results-file.ts';
import { openResultsFile } from './results-file.ts';

/** Where the path of the file that a project's runs are compared with is kept in it. */
const KEY = 'compared-file';

interface JoinedFile {
  readonly file: ResultsFile;
  readonly theirRow: Int32Array;
  readonly summary: ComparedFile;
}

interface ComparedFileDeskOptions {
  readonly store: ProjectStore;
  readonly catalogueFingerprint: string;
  readonly rows: () => PlacedRows;
}

/** The other file, a project or a list, whose results the open project's runs are compared with. It is remembered. */
export class ComparedFileDesk {
  readonly #options: ComparedFileDeskOptions;
  #joined: JoinedFile | undefined;

  constructor(options: ComparedFileDeskOptions) {
    this.#options = options;
  }

  /** What is loaded, or was when the project was last open; undefined where that is nothing, or cannot be read any more. */
  async current(): Promise<(Pick<JoinedFile, 'summary'> & { readonly results: readonly FileResults[] }) | undefined> {
    const kept = this.#options.store.viewState(KEY);
    if (this.#joined === undefined && typeof kept === 'string') {
      try {
        await this.load(kept);
      } catch (thrown) {
        // It has moved or is open elsewhere: the astronomer gives it again.
        if (domainErrorOf(thrown) === undefined) throw thrown;
      }
    }
    return this.#joined && { summary: this.#joined.summary, results: this.#joined.file.results };
  }

  /** @throws DomainFailure naming the file; what was loaded before stays */
  async load(path: string): Promise<void> {
    const { store, catalogueFingerprint, rows } = this.#options;
    if (path === store.path) {
      throw new DomainFailure({ kind: 'argument-invalid', name: path, why: 'it is the project on screen' });
    }
    const own = rows();
    const file = await openResultsFile(path, { fingerprint: catalogueFingerprint, rows: own });
    const join = joinRows(own, file.rows);
    if (join.byName + join.byPosition === 0) {
      file.close();
      const why = 'none of its sources is in the open catalogue, by name or by position';
      throw new DomainFailure({ kind: 'argument-invalid', name: path, why });
    }
    this.close();
    const summary = { path, join: joinReportOf(join, own, file.rows, path) };
    this.#joined = { file, theirRow: join.theirRow, summary };
    store.setViewState(KEY, path);
  }

  /** P(MC) of results of the file, one per row of the open catalogue. */
  probabilityOf(results: FileResults): Float64Array {
    const { theirRow } = this.#joined!;
    return joinedValues(theirRow, results.probability(), new Float64Array(theirRow.length), Number.NaN);
  }

  /** What the file itself says that the model of its results saw of each row of the open catalogue. */
  datasetOf({ dataset }: FileResults): Uint8Array | undefined {
    const { theirRow } = this.#joined!;
    return dataset && joinedValues(theirRow, dataset, new Uint8Array(theirRow.length), DATASET_UNKNOWN);
  }

  forget(): void {
    this.close();
    this.#options.store.setViewState(KEY, null);
  }

  close(): void {
    this.#joined?.file.close();
    this.#joined = undefined;
  }
}
