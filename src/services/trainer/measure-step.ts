import { resourceUsage } from 'node:process';
import type { ProviderName } from '../../contract/device-schemas.ts';
import { exactPatchSidePix, patchSidePix } from '../../core/cutout/augment.ts';
import { featureNamesOf } from '../../core/features/compute-features.ts';
import { parameterSize } from '../../core/network/parameter-tensors.ts';
import { initialParameters, parametersOver } from '../../core/network/parameters.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { randomStream } from '../../core/random/philox.ts';
import { createOptimiser } from '../../core/training/optimiser.ts';
import type { TrainingRecipe } from '../../core/training/training-recipe.ts';
import { usableBlockSize } from './block-size.ts';
import { openTrainingSession } from './training-session.ts';

export interface MeasuredStep {
  /** Median of the measured steps, optimiser included [s]. */
  readonly secondsPerStep: number;
  /** Largest memory of this process so far [byte]. */
  readonly peakBytes: number;
  /** Pixels of a row that is kept through all epochs [byte]: 0 for a network without image branch. */
  readonly bytesPerRow: number;
}

/** The first step also lays out memory. */
const WARM_UP_STEPS = 1;
const STEPS = 3;

/** Times a training step on made-up pixels: its time does not depend on what they show. */
export async function measureStep(
  recipe: Recipe,
  training: TrainingRecipe,
  provider: ProviderName,
): Promise<MeasuredStep> {
  const featureCount = featureNamesOf(recipe.features).length;
  const network = describeNetwork(recipe.network, inputShapeOf(recipe, featureCount), recipe.variant);
  const parameters = initialParameters(network, 1);
  const gradients = parametersOver(network);
  const optimiser = createOptimiser(training.optimiser, parameterSize(network));
  const { batchSize: rowCount, hasDropout } = training;
  const blockSize = provider === 'cpu' ? await usableBlockSize(network) : undefined;
  const session = await openTrainingSession(network, parameters, gradients, {
    rowCount,
    hasDropout,
    blockSize,
    provider,
  });
  const random = randomStream(1);
  const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.uniform());
  const batch = {
    rowCount,
    images: draw(network.image === undefined ? 0 : rowCount * network.image.channels * network.image.sidePix ** 2),
    features: draw(rowCount * (network.features?.count ?? 0)),
    isMc: Uint8Array.from({ length: rowCount }, (_, row) => row % 2),
  };
  const seconds: number[] = [];
  try {
    for (let step = 0; step < WARM_UP_STEPS + STEPS; step++) {
      const start = performance.now();
      await session.computeGradients(batch);
      optimiser.step(parameters.flat, gradients.flat, training.learningRate);
      if (step >= WARM_UP_STEPS) seconds.push((performance.now() - start) / 1000);
    }
  } finally {
    await session.close();
  }
  seconds.sort((a, b) => a - b);
  // maxRSS is in KiB on every system.
  const peakBytes = resourceUsage().maxRSS * 1024;
  const { sidePix } = recipe.cutout;
  const keptSidePix = training.augmentation === 'rotate' ? patchSidePix(sidePix) : exactPatchSidePix(sidePix);
  const bytesPerRow = network.image === undefined ? 0 : Float32Array.BYTES_PER_ELEMENT * keptSidePix ** 2;
  return { secondsPerStep: seconds[seconds.length >> 1]!, peakBytes, bytesPerRow };
}
