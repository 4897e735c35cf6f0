import { availableParallelism } from 'node:os';
import { PROVIDER_LABELS } from '../src/contract/device-schemas.ts';
import { inferenceModel } from '../src/core/network/inference-graph.ts';
import type { NetworkInput } from '../src/core/network/network-input.ts';
import { initialParameters } from '../src/core/network/parameters.ts';
import { recipeForNetwork } from '../src/core/network/presets.ts';
import { joinChunks } from '../src/core/network/protobuf-writer.ts';
import { describeNetwork } from '../src/core/network/registry.ts';
import { randomStream } from '../src/core/random/philox.ts';
import { networkSessionOf } from '../src/services/inference/onnx-session.ts';
import { mediansInTurns, timeOf } from './in-turns.ts';
import type { Benchmark, BenchmarkDevices, Measurement } from './measurement.ts';
import { startPythonPeer } from './python-peer.ts';

const BATCH = 32;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 15;
/**
 * Rest before each turn [ms]: PyTorch's threads go on spinning for a while after theirs and would take the cores from
 * ours (63 ms per batch instead of 30 on two cores). After the rest each side has one untimed run, so that neither is
 * measured with cold caches. Both are outside the timed part and the same for both.
 */
const SETTLE_MS = 300;

/** P(MC) of 32 rows: onnxruntime as Lobate uses it, against PyTorch on as many threads, or on the devices named. */
export const inferBenchmark: Benchmark = {
  summary: 'inference of compact and published at batch 32 against PyTorch on the CPU, same cores, or on other devices',
  async *measure(devices) {
    yield measure('compact', devices);
    yield measure('published', devices);
  },
};

async function measure(
  name: 'compact' | 'published',
  { ours: provider, peer: peerDevice }: BenchmarkDevices,
): Promise<Measurement> {
  const threads = availableParallelism();
  const peerArguments = [String(threads), String(BATCH), name, peerDevice];
  const peer = await startPythonPeer('torch_infer.py', peerArguments, 'PyTorch', 'python3-torch');
  const network = describeNetwork(name);
  const session = await networkSessionOf(
    joinChunks(inferenceModel(network, initialParameters(network, 1))),
    { recipe: recipeForNetwork(name), featureNames: Array.from({ length: 32 }, (_, k) => `f${k}`) },
    { threads, provider },
  );
  const input = randomInput();
  const once = (): Promise<unknown> => session.probabilities(input);
  try {
    const [ours, theirs] = await mediansInTurns(
      [() => once().then(() => timeOf(once)), () => peer.run().then(peer.run)],
      { rounds: ROUNDS, warmUpRounds: WARM_UP_ROUNDS, restMs: SETTLE_MS },
    );
    const unit = `ms per batch of ${BATCH}`;
    return { name: `infer ${name} (${PROVIDER_LABELS[provider]})`, ours, peer: theirs, peerName: peer.name, unit };
  } finally {
    peer.stop();
    await session.close();
  }
}

function randomInput(): NetworkInput {
  const random = randomStream(1);
  const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.uniform());
  return { rowCount: BATCH, images: draw(BATCH * 3 * 128 * 128), features: draw(BATCH * 32) };
}
