import { implement, ORPCError } from '@orpc/server';
import { api } from '../../../src/contract/api.ts';

const refused = (): never => {
  throw new ORPCError('REFUSED', { status: 422, data: { kind: 'training-data-insufficient', sentence: 'No labels.' } });
};

/** A program in which nobody has trained anything. */
export function fakeTraining() {
  const os = implement(api).training;
  return {
    presets: os.presets.handler(() => []),
    labelFiles: os.labelFiles.handler(() => []),
    examine: os.examine.handler(refused),
    measure: os.measure.handler(refused),
    list: os.list.handler(() => ({ trainings: [], progress: null })),
    start: os.start.handler(refused),
    stop: os.stop.handler(() => ({})),
    resume: os.resume.handler(refused),
    result: os.result.handler(() => null),
    remove: os.remove.handler(() => ({})),
  };
}

/** The model that is used by default is the only one. */
export function fakePreferred(modelId: string) {
  const os = implement(api).models;
  const preferred = { modelId, promoted: [] };
  return {
    preferred: os.preferred.handler(() => preferred),
    promote: os.promote.handler(() => preferred),
    rollBack: os.rollBack.handler(() => preferred),
    import: os.import.handler(refused),
    exportPlace: os.exportPlace.handler(({ input }) => ({ path: `/nowhere/${input.modelId}.lobate-model` })),
    export: os.export.handler(refused),
  };
}
