import type { TrainingResult } from '../../contract/training.ts';
import type { ComparedRow } from '../../core/training/held-out-comparison.ts';
import { compareHeldOut } from '../../core/training/held-out-comparison.ts';
import type { ListedModel } from '../../services/model-store/load-model.ts';
import type { StoredTraining } from '../../services/project-store/trainings.ts';

/** What a window shows of a finished training; null while it is not finished. */
export function resultOf({ task, result }: StoredTraining, models: readonly ListedModel[]): TrainingResult | null {
  if (result === undefined) return null;
  const { heldOut, threshold } = result;
  const rows: ComparedRow[] = heldOut.map(({ isMc, group, before, now }) => ({
    isMc,
    group,
    before: before ?? Number.NaN,
    now,
  }));
  const thresholds = { before: threshold.before ?? threshold.now, now: threshold.now };
  const { metrics, mcNemar, noIntervals, flipped } = compareHeldOut(rows, thresholds, task.training.seed);
  const before = models.find(({ description }) => description.id === task.compareModelId);
  return {
    mcRows: rows.filter(({ isMc }) => isMc).length,
    sRows: rows.filter(({ isMc }) => !isMc).length,
    metrics: metrics.map(({ name, difference, ...both }) => ({
      name,
      before: both.before ?? null,
      now: both.now ?? null,
      difference:
        difference === undefined
          ? null
          : { value: difference.value, low: difference.low ?? null, high: difference.high ?? null },
    })),
    noIntervals: noIntervals ?? null,
    mcNemar: mcNemar === undefined ? null : { ...mcNemar, pValue: mcNemar.pValue ?? null },
    mayHaveSeen:
      before !== undefined &&
      isLearnedFrom(
        before,
        task.fields.map(({ name }) => name),
      ),
    flipped: flipped.map((index) => {
      const { field, row, name, raDeg, decDeg, isMc, before: earlier, now } = heldOut[index]!;
      return { row: task.hasOpenField && field === 0 ? row : null, name, raDeg, decDeg, isMc, before: earlier!, now };
    }),
  };
}

/** A model that was made in the window names the fields that it learned from. */
function isLearnedFrom({ description }: ListedModel, fields: readonly string[]): boolean {
  const learned = new Set(description.trainedOn.split(', '));
  return fields.some((name) => learned.has(name));
}
