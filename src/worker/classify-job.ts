import type { ClassifyJob } from '../contract/classify-messages.ts';
import type { FromWorker } from '../contract/worker-messages.ts';
import { classifyField } from '../services/inference/classify-field.ts';
import { openNetworkSession } from '../services/inference/onnx-session.ts';
import { openField } from '../services/inference/open-field.ts';
import { loadModel } from '../services/model-store/load-model.ts';
import type { StoredBatches } from './stored-batches.ts';

/** Runs one classification, telling the engine of every batch before and after, and never a batch ahead of the store. */
export async function runClassifyJob(
  job: ClassifyJob,
  send: (message: FromWorker) => void,
  stored: StoredBatches,
  signal: AbortSignal,
): Promise<void> {
  const { jobId } = job;
  const model = await loadModel(job.modelFolder, []);
  const field = await openField(job.files, job.recipe.features);
  const network = await openNetworkSession(model, { provider: job.provider });
  try {
    let isPlanned = false;
    const batches = classifyField(field, network, {
      recipe: job.recipe,
      moments: model.description.moments,
      scoreSisg: job.scoreSisg,
      shard: job.shard,
      fromBatch: job.fromBatch,
      poisonedRows: job.poisonedRows,
      signal,
      onBatchBegun: (batch, rows) => send({ kind: 'batch-begun', jobId, batch, rows: [...rows] }),
    });
    for await (const { batch, batchCount, predictions } of batches) {
      if (!isPlanned) {
        send({ kind: 'planned', jobId, batchCount, rowCount: field.catalogue.rowCount });
        isPlanned = true;
      }
      send({ kind: 'batch-done', jobId, batch, predictions });
      // Waiting also gives the loop its turn, without which a cancel would never be heard: run() holds the thread.
      await stored.untilStored(batch);
    }
  } finally {
    await network.close();
    await field.close();
  }
}
