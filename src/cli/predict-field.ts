import type { DeviceChoice } from '../contract/device-schemas.ts';
import type { Recipe } from '../core/network/recipe.ts';
import type { Prediction } from '../core/classification/prediction.ts';
import { classifyField } from '../services/inference/classify-field.ts';
import type { Field } from '../services/inference/open-field.ts';
import type { Shard } from '../services/inference/shard.ts';
import type { LoadedModel } from '../services/model-store/load-model.ts';
import { openOnDevice } from './device.ts';
import type { CommandIo } from './io.ts';

/** Classifies a field, or a shard of it, with a bar on the terminal. */
export async function predictField(
  field: Field,
  model: LoadedModel,
  {
    device,
    ...options
  }: {
    readonly recipe: Recipe;
    readonly scoreSisg: boolean;
    readonly device: DeviceChoice;
    readonly shard?: Shard | undefined;
  },
  io: CommandIo,
): Promise<Prediction[]> {
  const network = await openOnDevice(model, device, io);
  const { moments } = model.description;
  const predictions: Prediction[] = [];
  let bar: ReturnType<CommandIo['progress']> | undefined;
  try {
    for await (const batch of classifyField(field, network, { moments, ...options })) {
      bar ??= io.progress('classifying', batch.batchCount);
      predictions.push(...batch.predictions);
      bar.update(batch.batch + 1);
    }
  } finally {
    bar?.stop();
    await network.close();
  }
  return predictions;
}
