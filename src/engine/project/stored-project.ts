import type { Prediction } from '../../core/classification/prediction.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { Field } from '../../services/inference/open-field.ts';
import { REFERENCE_LABELS_KEY } from '../../services/export/list-labels.ts';
import { openField } from '../../services/inference/open-field.ts';
import type { ProjectStore } from '../../services/project-store/project-store.ts';
import { openProject } from '../../services/project-store/project-store.ts';
import type { StoredRun } from '../../services/project-store/runs.ts';
import { storedReading } from './field-reading.ts';
import { LivePredictions } from '../runs/live-predictions.ts';
import { filesOf } from './project-inputs.ts';

/** A project's field and newest run, to be read and not gone on with. */
export interface StoredProject {
  readonly field: Field;
  readonly run: StoredRun;
  /** In the catalogue's order; rows without a result are absent. */
  readonly predictions: readonly Prediction[];
  /** Labels as the project has them. */
  readonly labels: Pick<ProjectStore, 'labels' | 'viewState'>;
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
    // The store is closed before anybody asks.
    const [events, reference] = [store.labels(), store.viewState(REFERENCE_LABELS_KEY)];
    const labels = { labels: () => events, viewState: () => reference };
    return { field, run, labels, predictions: [...new LivePredictions(stored).rows()], close: () => field.close() };
  } finally {
    store.close();
  }
}
