import type { ClassifyJob } from '../contract/classify-messages.ts';
import type { DeviceChoice, RunDevice } from '../contract/device-schemas.ts';
import type { Recipe } from '../core/network/recipe.ts';
import type { Prediction } from '../core/classification/prediction.ts';
import type { SelectedDevice } from '../engine/devices/devices.ts';
import { attemptJob } from '../engine/workers/worker-attempt.ts';
import { classifyField } from '../services/inference/classify-field.ts';
import { openNetworkSession } from '../services/inference/onnx-session.ts';
import type { Field } from '../services/inference/open-field.ts';
import type { Shard } from '../services/inference/shard.ts';
import type { LoadedModel } from '../services/model-store/load-model.ts';
import type { DeviceDesk } from './device.ts';
import { deviceDesk } from './device.ts';
import type { CommandIo } from './io.ts';

export interface PredictOptions {
  readonly recipe: Recipe;
  readonly scoreSisg: boolean;
  readonly device: DeviceChoice;
  readonly shard?: Shard | undefined;
}

export interface FieldPredictions {
  /** In the order of the batches. */
  readonly predictions: readonly Prediction[];
  /** What computed them, part by part. */
  readonly devices: readonly RunDevice[];
}

/**
 * Classifies a field, or a shard of it, with a bar on the terminal. A device that is not the CPU computes in a process of
 * its own: where its driver ends that process, or refuses, the CPU goes on here from the last batch that arrived.
 */
export async function predictField(
  field: Field,
  model: LoadedModel,
  options: PredictOptions,
  io: CommandIo,
  desk: DeviceDesk = deviceDesk(options.device, io),
): Promise<FieldPredictions> {
  const work = { kind: 'inference', modelFolder: model.folder } as const;
  let device = await desk.select(work);
  const devices: RunDevice[] = [{ fromBatch: 0, ...device }];
  const predictions: Prediction[] = [];
  const bar = lazyBar(io);
  let nextBatch = 0;
  const take = (batch: number, found: readonly Prediction[]): void => {
    predictions.push(...found);
    nextBatch = batch + 1;
    bar.update(nextBatch);
  };
  try {
    if (device.provider !== 'cpu') {
      const outcome = await attemptJob(
        desk.startWorker,
        jobOf(field, model, options, device),
        {
          onPlanned: (batchCount) => bar.begin(batchCount),
          onBatch: (batch, found) => {
            take(batch, found);
            return 'go-on';
          },
        },
        new AbortController().signal,
      );
      if (outcome.kind === 'done') return { predictions, devices };
      if (outcome.kind === 'died' || outcome.kind === 'device-failed') {
        const why = outcome.kind === 'died' ? `it ended the worker process (${outcome.why})` : outcome.why;
        device = await desk.devices.replace(device, work, why);
      } else {
        // Whatever else the worker met is met again here, and said with its name.
        device = await desk.onCpu(device.why);
      }
      devices.push({ fromBatch: nextBatch, ...device });
    }
    const network = await openNetworkSession(model, { provider: 'cpu' });
    try {
      const { recipe, scoreSisg, shard } = options;
      const { moments } = model.description;
      const rest = classifyField(field, network, { recipe, moments, scoreSisg, shard, fromBatch: nextBatch });
      for await (const { batch, batchCount, predictions: found } of rest) {
        bar.begin(batchCount);
        take(batch, found);
      }
    } finally {
      await network.close();
    }
  } finally {
    bar.stop();
  }
  return { predictions, devices };
}

/** A bar that begins when the number of batches is known. */
function lazyBar(io: CommandIo): { begin(batchCount: number): void; update(done: number): void; stop(): void } {
  let bar: ReturnType<CommandIo['progress']> | undefined;
  return {
    begin: (batchCount) => (bar ??= io.progress('Classifying', batchCount)),
    update: (done) => bar?.update(done),
    stop: () => bar?.stop(),
  };
}

function jobOf(
  { files }: Field,
  model: LoadedModel,
  { recipe, scoreSisg, shard }: PredictOptions,
  { provider }: SelectedDevice,
): ClassifyJob {
  return {
    kind: 'classify',
    jobId: 1,
    files,
    modelFolder: model.folder,
    provider,
    recipe,
    scoreSisg,
    shard,
    fromBatch: 0,
    poisonedRows: [],
  };
}
