/** Entry of a thread that makes batches beside a training's steps (batch-loader.ts). Answers in the order of the requests. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BatchReply, BatchRequest } from './batch-loader.ts';
import type { BatchSource } from './batches.ts';
import { createBatchMaker } from './batches.ts';

const maker = createBatchMaker(workerData as BatchSource);

async function answer(examples: BatchRequest): Promise<void> {
  try {
    const batch = await maker.batchOf(examples);
    const parts = [batch.images, batch.features, batch.isMc].map(({ buffer }) => buffer as ArrayBuffer);
    parentPort?.postMessage({ kind: 'batch', batch } satisfies BatchReply, parts);
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    parentPort?.postMessage({ kind: 'failure', message } satisfies BatchReply);
  }
}

let turn: Promise<void> = Promise.resolve();
parentPort?.on('message', (examples: BatchRequest) => {
  turn = turn.then(() => answer(examples));
});
