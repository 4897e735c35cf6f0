import type { ReferenceSummary } from '../../contract/evaluation.ts';
import { packColumns } from '../../contract/packed-columns.ts';
import type { LabelColumns } from '../../core/evaluation/pair-rows.ts';
import { LABEL_CODE, labelColumns } from '../../core/evaluation/pair-rows.ts';
import type { Positions } from '../../core/catalogue/position-join.ts';
import { domainErrorOf } from '../../core/result/failure.ts';
import { loadLabels } from '../../services/catalogue-files/load-labels.ts';
import { REFERENCE_LABELS_KEY } from '../../services/export/list-labels.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';

const KEY = REFERENCE_LABELS_KEY;

interface LoadedReference {
  readonly summary: ReferenceSummary;
  readonly columns: LabelColumns;
}

/** The labels that an open project is judged by. Their file is remembered in the project and read again with it. */
export class ReferenceLabels {
  readonly #store: ProjectStore;
  readonly #names: () => readonly string[];
  readonly #positions: () => Positions;
  #loaded: LoadedReference | undefined;

  /** @param rows of the catalogue */
  constructor(
    store: ProjectStore,
    rows: { readonly names: () => readonly string[]; readonly positions: () => Positions },
  ) {
    this.#store = store;
    this.#names = rows.names;
    this.#positions = rows.positions;
  }

  get columns(): LabelColumns | undefined {
    return this.#loaded?.columns;
  }

  /** What is loaded, or was when the project was last open; null where that is nothing, or its file is gone. */
  async summary(): Promise<ReferenceSummary | null> {
    const kept = this.#store.viewState(KEY);
    if (this.#loaded === undefined && typeof kept === 'string') {
      try {
        await this.load(kept);
      } catch (thrown) {
        // The file moved: the project opens without it, and the astronomer gives it again.
        if (domainErrorOf(thrown) === undefined) throw thrown;
      }
    }
    return this.#loaded?.summary ?? null;
  }

  /** @throws DomainFailure naming the file; what was loaded before stays */
  async load(path: string): Promise<ReferenceSummary> {
    const names = this.#names();
    const labels = await loadLabels(path, names, this.#positions());
    const dataset = labels.dataset();
    const columns = labelColumns(labels, dataset);
    const count = (code: number): number => columns.label.reduce((sum, one) => sum + (one === code ? 1 : 0), 0);
    const summary = {
      path,
      mc: count(LABEL_CODE.MC),
      s: count(LABEL_CODE.S),
      artefacts: count(LABEL_CODE.artefact),
      unlabelled: count(LABEL_CODE.unlabelled),
      join: labels.join ?? null,
      hasDataset: dataset !== undefined,
    };
    this.#loaded = { summary, columns };
    this.#store.setViewState(KEY, path);
    return summary;
  }

  clear(): void {
    this.#loaded = undefined;
    this.#store.setViewState(KEY, null);
  }

  /** Body of `/data/reference`. Undefined where nothing is loaded. */
  packed(): Uint8Array<ArrayBuffer> | undefined {
    if (this.#loaded === undefined) return undefined;
    const { label, group, groupCount, dataset } = this.#loaded.columns;
    return packColumns({ label, group, dataset }, { groupCount });
  }
}
