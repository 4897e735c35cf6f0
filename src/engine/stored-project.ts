import type { Prediction } from '../core/classification/prediction.ts';
import { DomainFailure } from '../core/result/failure.ts';
import type { Field } from '../services/inference/open-field.ts';
import { openField } from '../services/inference/open-field.ts';
import { openProject } from '../services/project-store/project-store.ts';
import type { StoredRun } from '../services/project-store/runs.ts';
import { storedReading } from './field-reading.ts';
import { LivePredictions } from './live-predictions.ts';
import { filesOf } from './workbench.ts';

/** A project's field and newest run, to be read and not gone on with. */
export interface StoredProject {
  readonly field: Field;
  readonly run: StoredRun;
  /** In the catalogue's order; rows without a result are absent. */
  readonly predictions: readonly Prediction[];
  close(): Promise<void>;
}

/**
 * Opens what a project has computed.
 * @throws DomainFailure run-not-found where it has computed nothing, project-input-missing, and as opening a project does
 */
export async function openStoredProject(path: string): Promise<StoredProject> {
  const store = openProject(path);
  try {
    const run = store.runs().at(-1);
    if (run === undefined) throw new DomainFailure({ kind: 'run-not-found', id: 1 });
    const files = { ...filesOf(store.inputs(), store.path), ...storedReading(store) };
    const field = await openField(files, run.recipe.features);
    const stored = store.predictions(run.id, field.catalogue.rowCount);
    return { field, run, predictions: [...new LivePredictions(stored).rows()], close: () => field.close() };
  } finally {
    store.close();
  }
}
