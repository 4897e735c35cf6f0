/** Entry of a thread that makes batches beside a training's steps (batch-loader.ts). */
import { workerData } from 'node:worker_threads';
import { answerInTurn } from '../threads/asked-thread.ts';
import type { BatchSource, Example } from './batches.ts';
import { createBatchMaker } from './batches.ts';
import type { LabelledInput } from './training-session.ts';

const maker = createBatchMaker(workerData as BatchSource);

answerInTurn<readonly Example[], LabelledInput>(async (examples) => {
  const batch = await maker.batchOf(examples);
  return {
    result: batch,
    transfer: [batch.images, batch.features, batch.isMc].map(({ buffer }) => buffer as ArrayBuffer),
  };
});
