import type { TrainReport } from '../../contract/train-messages.ts';
import type { TrainingProgressMessage, TrainingSummary } from '../../contract/training.ts';
import type { StoredTraining } from '../../services/project-store/trainings.ts';

export function trainingSummaryOf(training: StoredTraining): TrainingSummary {
  const { id, modelId, state, task, history, failure, startedAt, finishedAt } = training;
  return {
    id,
    modelId,
    state,
    recipeName: task.recipe.name,
    epochs: task.training.epochs,
    startModelId: task.startModelId ?? null,
    compareModelId: task.compareModelId ?? null,
    history: [...history],
    failure: failure ?? null,
    startedAt,
    finishedAt: finishedAt ?? null,
  };
}

type StepReport = Extract<TrainReport, { readonly kind: 'train-stage' | 'train-step' }>;

/** Turns what the worker says between epochs into what the window shows, with the time left. */
export interface StepClock {
  progressOf(id: number, report: StepReport, before: TrainingProgressMessage | undefined): TrainingProgressMessage;
}

/** @param nowMs clock [ms] */
export function createStepClock(epochs: number, nowMs: () => number): StepClock {
  let first: { readonly steps: number; readonly atMs: number } | undefined;
  return {
    progressOf(id, report, before) {
      if (report.kind === 'train-stage') {
        const { stage, fraction } = report;
        return {
          id,
          stage,
          fraction,
          epoch: before?.epoch ?? 0,
          step: 0,
          stepCount: before?.stepCount ?? 0,
          loss: null,
          secondsLeft: null,
        };
      }
      const { epoch, step, stepCount, loss } = report;
      const steps = (epoch - 1) * stepCount + step;
      first ??= { steps, atMs: nowMs() };
      const seconds = (nowMs() - first.atMs) / 1000;
      const done = steps - first.steps;
      const left = epochs * stepCount - steps;
      const secondsLeft = done > 0 ? (left * seconds) / done : null;
      return {
        id,
        stage: 'training',
        epoch,
        step,
        stepCount,
        loss,
        fraction: steps / (epochs * stepCount),
        secondsLeft,
      };
    },
  };
}
