import { availableParallelism } from 'node:os';
import { PROVIDER_LABELS } from '../src/contract/device-schemas.ts';
import { parameterSize } from '../src/core/network/parameter-tensors.ts';
import { initialParameters, parametersOver } from '../src/core/network/parameters.ts';
import { describeNetwork } from '../src/core/network/registry.ts';
import { randomStream } from '../src/core/random/philox.ts';
import { createOptimiser } from '../src/core/training/optimiser.ts';
import { usableBlockSize } from '../src/services/trainer/block-size.ts';
import { openTrainingSession } from '../src/services/trainer/training-session.ts';
import { mediansInTurns, timeOf } from './in-turns.ts';
import type { Benchmark, BenchmarkDevices, Measurement } from './measurement.ts';
import { startPythonPeer } from './python-peer.ts';

const BATCH = 32;
/** A step of `published` takes seconds and 3.3 GB. */
const ROUNDS = { compact: 9, published: 3 } as const;
/** As in `infer`: PyTorch's threads spin on after theirs. */
const SETTLE_MS = 300;

/** One step with dropout and Nesterov on 32 rows, against PyTorch on as many threads, in turns. */
export const trainStepBenchmark: Benchmark = {
  summary:
    'a training step of compact and published at batch 32 against PyTorch on the same cores, or on other devices',
  async *measure(devices) {
    yield measure('compact', devices);
    yield measure('published', devices);
  },
};

async function measure(
  name: keyof typeof ROUNDS,
  { ours: provider, peer: peerDevice }: BenchmarkDevices,
): Promise<Measurement> {
  const threads = String(availableParallelism());
  const peerArguments = [threads, String(BATCH), name, peerDevice];
  const peer = await startPythonPeer('torch_train.py', peerArguments, 'PyTorch', 'python3-torch');
  const network = describeNetwork(name);
  const parameters = initialParameters(network, 1);
  const gradients = parametersOver(network);
  const optimiser = createOptimiser('nesterov', parameterSize(network));
  const blockSize = provider === 'cpu' ? await usableBlockSize(network) : undefined;
  const session = await openTrainingSession(network, parameters, gradients, {
    rowCount: BATCH,
    hasDropout: true,
    blockSize,
    threads: availableParallelism(),
    provider,
  });
  const random = randomStream(1);
  const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.uniform());
  const batch = {
    rowCount: BATCH,
    images: draw(BATCH * 3 * 128 * 128),
    features: draw(BATCH * 32),
    isMc: Uint8Array.from({ length: BATCH }, (_, row) => row % 2),
  };
  const step = async (): Promise<void> => {
    await session.computeGradients(batch);
    optimiser.step(parameters.flat, gradients.flat, 1e-4);
  };
  const graph = blockSize === undefined ? 'portable graph' : `blocks of ${blockSize}`;
  const device = provider === 'cpu' ? graph : PROVIDER_LABELS[provider];
  try {
    // The first step of each side lays out memory and is not counted.
    const [ours, theirs] = await mediansInTurns([() => timeOf(step), peer.run], {
      rounds: ROUNDS[name],
      warmUpRounds: 1,
      restMs: SETTLE_MS,
    });
    const unit = `ms per step of ${BATCH}`;
    return { name: `train-step ${name} (${device})`, ours, peer: theirs, peerName: peer.name, unit };
  } finally {
    peer.stop();
    await session.close();
  }
}
