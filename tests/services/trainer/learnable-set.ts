import { randomStream } from '../../../src/core/random/philox.ts';
import type { BatchMaker, Example } from '../../../src/services/trainer/batches.ts';
import type { TrainingSet } from '../../../src/services/trainer/training-set.ts';

/** Rows whose class is the sign of the first feature, plus noise in the others: learnable in a few steps. */
export function learnableSet(trainCount = 160): TrainingSet {
  const examples = (from: number, count: number): Example[] =>
    Array.from({ length: count }, (_, index) => ({ row: from + index, orientation: undefined }));
  const counts = { mc: 0, s: 0 };
  const batches: BatchMaker = {
    async batchOf(batch) {
      await Promise.resolve();
      const features = new Float32Array(batch.length * 32);
      const isMc = new Uint8Array(batch.length);
      batch.forEach(({ row }, index) => {
        const random = randomStream(9, row);
        for (let j = 0; j < 32; j++) features[index * 32 + j] = random.normal();
        isMc[index] = features[index * 32]! > 0 ? 1 : 0;
      });
      return { rowCount: batch.length, images: new Float32Array(0), features, isMc };
    },
  };
  return {
    trainExamples: () => examples(0, trainCount),
    trainCount,
    trainMcCount: trainCount / 2,
    trainRows: [],
    validation: examples(1000, 64),
    test: [],
    moments: undefined,
    counts: { train: counts, validation: counts, test: counts },
    batches,
    openLoader: () => ({ ...batches, close: () => Promise.resolve() }),
  };
}
