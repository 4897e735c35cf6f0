// Command: node bench/published-memory.ts [rows]   (about a minute; 32 rows where none are given)
// Peak memory of `published` at its full 86 million parameters: three Nesterov steps, then inference of as many rows.
import { inferenceModel } from '../src/core/network/inference-graph.ts';
import { initialParameters, parametersOver } from '../src/core/network/parameters.ts';
import { recipeForNetwork } from '../src/core/network/presets.ts';
import { joinChunks } from '../src/core/network/protobuf-writer.ts';
import { describeNetwork } from '../src/core/network/registry.ts';
import { randomStream } from '../src/core/random/philox.ts';
import { createOptimiser } from '../src/core/training/optimiser.ts';
import { networkSessionOf } from '../src/services/inference/onnx-session.ts';
import type { LabelledInput } from '../src/services/trainer/training-session.ts';
import { openTrainingSession } from '../src/services/trainer/training-session.ts';

const LIMIT_GIB = 4;
const STEPS = 3;
const LEARNING_RATE = 1e-4;
const DEFAULT_ROWS = 32;

/** Largest resident memory of this process so far [GiB]; maxRSS is in KiB on every system. */
const peakGib = (): number => process.resourceUsage().maxRSS / 2 ** 20;
const report = (what: string): void => console.log(`${what}: peak ${peakGib().toFixed(2)} GiB`);

const rowCount = Number(process.argv[2] ?? DEFAULT_ROWS);
const random = randomStream(1);
const batch: LabelledInput = {
  rowCount,
  images: Float32Array.from({ length: rowCount * 3 * 128 * 128 }, () => random.uniform()),
  features: Float32Array.from({ length: rowCount * 32 }, () => random.normal()),
  isMc: Uint8Array.from({ length: rowCount }, (_, row) => row % 2),
};

const network = describeNetwork('published');
const parameters = initialParameters(network, 1);

async function train(): Promise<void> {
  const gradients = parametersOver(network);
  const optimiser = createOptimiser('nesterov', parameters.flat.length);
  const session = await openTrainingSession(network, parameters, gradients, { rowCount, hasDropout: true });
  for (let step = 1; step <= STEPS; step++) {
    const { loss } = await session.computeGradients(batch);
    optimiser.step(parameters.flat, gradients.flat, LEARNING_RATE);
    report(`step ${step} of ${rowCount} rows, loss ${loss.toFixed(4)}`);
  }
  await session.close();
}

async function infer(): Promise<void> {
  const recipe = recipeForNetwork('published');
  const featureNames = Array.from({ length: 32 }, (_, k) => `f${k}`);
  const session = await networkSessionOf(joinChunks(inferenceModel(network, parameters)), { recipe, featureNames });
  const probabilities = await session.probabilities(batch);
  report(`inference of ${rowCount} rows, P(MC) of the first ${probabilities[0]!.toFixed(4)}`);
  await session.close();
}

await train();
await infer();
if (peakGib() > LIMIT_GIB) {
  console.error(`more than ${LIMIT_GIB} GiB`);
  process.exitCode = 1;
}
