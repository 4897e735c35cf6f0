import { emptyLabels } from '../../../src/core/catalogue/labels.ts';
import { planFields } from '../../../src/services/simulation/field-plan.ts';
import { simulateField } from '../../../src/services/simulation/simulate-field.ts';
import { writeField } from '../../../src/services/simulation/write-field.ts';
import { loadCatalogue } from '../../../src/services/catalogue-files/load-catalogue.ts';
import type { TrainingField } from '../../../src/services/trainer/training-fields.ts';
import { findTrainingFields } from '../../../src/services/trainer/training-fields.ts';

/** Enough for each class in each part of a split by source, of which two in five are not SISG. */
const LABELLED_ROWS = 220;

/**
 * A simulated field of 40′. It has too few true MC rows to learn from, so every second row is called MC: what is tested
 * here does not depend on what the labels mean.
 */
export async function simulateTestField(folder: string): Promise<TrainingField> {
  await writeField(folder, await simulateField(planFields(42, 1, 1600)[0]!, () => undefined));
  const field = (await findTrainingFields([folder]))[0]!;
  const { catalogue } = await loadCatalogue(field.files, {});
  const labels = emptyLabels(catalogue.name, 'unlabelled');
  for (let row = 0; row < LABELLED_ROWS; row++) labels.labelClass[row] = row % 2 === 0 ? 'MC' : 'S';
  return { ...field, labels: { kind: 'rows', labels } };
}
