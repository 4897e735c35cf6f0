import { DomainFailure } from '../../core/result/failure.ts';
import type { ListedModel } from '../../services/model-store/load-model.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';

/** The models that are installed at the moment of each question: one may come or go while a project is open. */
export class InstalledModels {
  readonly #list: () => Promise<readonly ListedModel[]>;

  constructor(list: () => Promise<readonly ListedModel[]>) {
    this.#list = list;
  }

  /**
   * The model of that id, the default where none is named.
   * @throws DomainFailure `model-not-found`
   */
  async find(id: string | undefined): Promise<ListedModel> {
    const models = await this.#list();
    const found = id === undefined ? models[0] : models.find(({ description }) => description.id === id);
    if (found === undefined) throw notFound(id ?? 'default', models);
    return found;
  }

  /** All of them, the default first. */
  all(): Promise<readonly ListedModel[]> {
    return this.#list();
  }

  /** As `find`; undefined where none is named and none is installed. */
  async findOrNone(id: string | undefined): Promise<ListedModel | undefined> {
    return id === undefined && (await this.#list()).length === 0 ? undefined : this.find(id);
  }

  /** The model with a run's weights; undefined where they are gone or others. */
  async withWeights(weightsSha256: string | undefined): Promise<ListedModel | undefined> {
    const models = await this.#list();
    return models.find(({ description }) => description.weightsSha256 === weightsSha256);
  }

  /** The model that made a run. @throws DomainFailure `model-of-run-gone` where its weights are gone or others */
  async of(run: StoredRun): Promise<ListedModel> {
    const found = await this.withWeights(run.weightsSha256);
    if (found === undefined) throw new DomainFailure({ kind: 'model-of-run-gone', id: run.modelId });
    return found;
  }
}

const notFound = (id: string, models: readonly ListedModel[]): DomainFailure =>
  new DomainFailure({ kind: 'model-not-found', id, available: models.map(({ description }) => description.id) });
