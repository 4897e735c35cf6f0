import type { FieldFiles } from '../../contract/field-files.ts';
import type { EngineEvent } from '../../contract/schemas.ts';
import type { Prediction } from '../../core/classification/prediction.ts';
import type { ShownScore } from '../../core/labels/label-event.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';
import type { EngineServices } from '../engine-services.ts';
import type { EngineField } from '../project/field.ts';
import { openEngineField } from '../project/field.ts';
import { LivePredictions } from './live-predictions.ts';
import { createRateMeter } from './run-rate.ts';
import { runSummaryOf } from '../project/summaries.ts';

interface ShownResultsOptions {
  readonly services: EngineServices;
  readonly store: ProjectStore;
  readonly files: FieldFiles;
  readonly now: () => Date;
  publish(event: EngineEvent): void;
}

/** What the window shows of a project: the field, the run on screen and its results as they come. */
export class ShownResults {
  readonly #options: ShownResultsOptions;
  #field: EngineField;
  #recipe: Recipe;
  #runId: number | undefined;
  #predictions: LivePredictions | undefined;
  #rate = createRateMeter();

  /** @param recipe of features and cutouts until a run says otherwise */
  constructor(options: ShownResultsOptions, field: EngineField, recipe: Recipe) {
    this.#options = options;
    this.#field = field;
    this.#recipe = recipe;
  }

  /** Its features are those that the run's network sees. */
  get field(): EngineField {
    return this.#field;
  }

  /** The recipe of the run on screen: what its cutouts and features were made with. */
  get recipe(): Recipe {
    return this.#recipe;
  }

  get run(): StoredRun | undefined {
    return this.#runId === undefined ? undefined : this.#options.store.run(this.#runId);
  }

  get predictions(): LivePredictions | undefined {
    return this.#predictions;
  }

  /** What the window shows of a row; undefined without a run. */
  scoreOf(row: number): ShownScore | undefined {
    const { run } = this;
    const probability = this.#predictions?.probability[row] ?? Number.NaN;
    return run === undefined
      ? undefined
      : {
          runId: run.id,
          modelId: run.modelId,
          weightsSha256: run.weightsSha256,
          probability: Number.isNaN(probability) ? undefined : probability,
        };
  }

  /** Brings a run to the screen, with what is stored of it; the field is read anew where it sees other features. */
  async show(run: StoredRun): Promise<void> {
    const { services, store, files } = this.#options;
    if (JSON.stringify(run.recipe.features) !== JSON.stringify(this.#recipe.features)) {
      const old = this.#field;
      this.#field = await openEngineField(services, files, run.recipe.features);
      await old.close();
    }
    this.#recipe = run.recipe;
    this.#runId = run.id;
    this.#predictions = new LivePredictions(store.predictions(run.id, this.#field.field.catalogue.rowCount));
    this.#rate = createRateMeter();
  }

  /** Tells the window what became of a run. */
  publishRun(run: StoredRun): void {
    if (run.state !== 'running') this.#rate = createRateMeter();
    this.#options.publish({ type: 'run-progress', run: runSummaryOf(run), rowsPerSecond: null, secondsLeft: null });
  }

  /** Tells the window the results of a batch. */
  takeBatch(run: StoredRun, predictions: readonly Prediction[]): void {
    if (run.id === this.#predictions?.runId) this.#predictions.apply(predictions);
    const rate = this.#rate.measure(run.rowsDone, run.rowCount, this.#options.now().getTime());
    this.#options.publish({
      type: 'predictions',
      runId: run.id,
      rows: predictions.map(({ row }) => row),
      probability: predictions.map(({ probability }) => (Number.isNaN(probability) ? null : probability)),
      status: predictions.map(({ status }) => status),
    });
    this.#options.publish({ type: 'run-progress', run: runSummaryOf(run), ...rate });
  }
}
