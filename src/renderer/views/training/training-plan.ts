import { create } from 'zustand';
import type { LearningData, TrainingPlan, TrainingPreset, TrainingSettings } from '../../../contract/training.ts';

/** The steps of the dialog, in order. */
export const STEPS = ['data', 'network', 'estimate', 'run', 'result'] as const;
export type Step = (typeof STEPS)[number];

interface DraftState {
  readonly step: Step;
  /** The training that steps 4 and 5 show. */
  readonly trainingId: number | undefined;
  readonly data: LearningData;
  readonly recipeName: string;
  /** Undefined until the presets have arrived. */
  readonly training: TrainingSettings | undefined;
  readonly startModelId: string | null;
  /** Undefined: the default model. Null: none. */
  readonly compareModelId: string | null | undefined;
  readonly modelId: string;
  readonly set: (change: Partial<Omit<DraftState, 'set' | 'setTraining' | 'choosePreset'>>) => void;
  readonly setTraining: (change: Partial<TrainingSettings>) => void;
  /** Takes the preset's settings, but keeps the split, which is about the data. */
  readonly choosePreset: (preset: TrainingPreset) => void;
}

/** What is being planned. It outlives the dialog, so that closing it loses nothing. */
export const useDraft = create<DraftState>()((set) => ({
  step: 'data',
  trainingId: undefined,
  data: { labels: { kind: 'window' }, folders: [] },
  recipeName: 'compact',
  training: undefined,
  startModelId: null,
  compareModelId: undefined,
  modelId: '',
  set: (change) => set(change),
  setTraining: (change) =>
    set(({ training }) => (training === undefined ? {} : { training: { ...training, ...change } })),
  choosePreset: ({ recipeName, training }) =>
    set(({ training: before }) => ({
      recipeName,
      training: before === undefined ? training : { ...training, split: before.split, seed: before.seed },
    })),
}));

/** The plan as the engine takes it; undefined while the presets are on their way. */
export function usePlan(): TrainingPlan | undefined {
  const { data, recipeName, training, startModelId } = useDraft();
  return training === undefined ? undefined : { data, recipeName, training, startModelId };
}

/** Steps of an epoch: appearances of the training rows over the batch, what does not fill one left out. */
export function stepsPerEpoch(train: { readonly mc: number; readonly s: number }, training: TrainingSettings): number {
  return Math.floor((train.mc * training.augmentationFactor + train.s) / training.batchSize);
}
