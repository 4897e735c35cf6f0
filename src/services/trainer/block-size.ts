import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { BlockSize } from '../../core/network/blocked-layers.ts';
import type { NetworkDescription } from '../../core/network/network-description.ts';
import { OnnxGraph } from '../../core/network/onnx-graph.ts';
import type { Parameters } from '../../core/network/parameters.ts';
import { initialParameters, parametersOver } from '../../core/network/parameters.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import { randomStream } from '../../core/random/philox.ts';
import { openTrainingSession } from './training-session.ts';

/** Channels and rows of the probes: small enough to cost a second at most. */
const PROBE_CHANNELS = 64;
const PROBE_ROWS = 2;
/**
 * Gradients of both graphs must agree to this, relative to the largest of each tensor. They do to 5e-6, but where a value
 * lies within rounding of 0 or of another in its pooling window: blocks of 8 differ by 1.4e-2 in two layers of `compact`.
 * Wrong numbers are of the size of the right ones.
 */
const AGREEMENT = 0.1;

/**
 * The block size with which this machine's onnxruntime trains the network fast and right: probed, then checked against
 * the portable graph on one small batch. Undefined where the operators are missing, the size is another, or the
 * gradients differ: then the portable graph is used.
 */
export async function usableBlockSize(network: NetworkDescription): Promise<BlockSize | undefined> {
  if (network.image === undefined) return undefined;
  try {
    const blockSize = await probeBlockSize();
    return blockSize !== undefined && (await agrees(network, blockSize)) ? blockSize : undefined;
  } catch {
    // An onnxruntime without these operators says so by throwing: that is the answer.
    return undefined;
  }
}

/**
 * Reads the block size off memory: two pixels of 64 channels, channel c holding c and 100 + c, are written in blocked
 * order; the second pixel of channel 0 then follows after one block.
 */
async function probeBlockSize(): Promise<BlockSize | undefined> {
  const graph = new OnnxGraph();
  const input = graph.input('input', [1, PROBE_CHANNELS, 1, 2]);
  const blocked = graph.operator('ReorderInput', [input], {}, { domain: 'com.microsoft.nchwc' });
  graph.operator('Reshape', [blocked, graph.integers(2 * PROBE_CHANNELS)], {}, { output: 'output' });
  graph.output('output', [2 * PROBE_CHANNELS]);
  const session = await InferenceSession.create(joinChunks(graph.modelChunks()), { logSeverityLevel: 4 });
  try {
    const pixels = Float32Array.from({ length: 2 * PROBE_CHANNELS }, (_, i) => (i % 2) * 100 + (i >> 1));
    const { output } = await session.run({ input: new Tensor('float32', pixels, [1, PROBE_CHANNELS, 1, 2]) });
    const size = (output!.data as Float32Array).indexOf(100);
    return size === 8 || size === 16 ? size : undefined;
  } finally {
    await session.release();
  }
}

async function agrees(network: NetworkDescription, blockSize: BlockSize): Promise<boolean> {
  const parameters = initialParameters(network, 1);
  const portable = await gradientsOf(network, parameters, undefined);
  const fast = await gradientsOf(network, parameters, blockSize);
  return portable.tensors.every(({ name }) => {
    const expected = portable.view(name);
    const actual = fast.view(name);
    let largest = 0;
    let difference = 0;
    for (let i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]!));
      difference = Math.max(difference, Math.abs(expected[i]! - actual[i]!));
    }
    return difference <= AGREEMENT * largest;
  });
}

async function gradientsOf(
  network: NetworkDescription,
  parameters: Parameters,
  blockSize: BlockSize | undefined,
): Promise<Parameters> {
  const { channels, sidePix } = network.image!;
  const random = randomStream(1);
  // Half the pixels 0, as sky below the cut is: ties in every other pooling window.
  const draw = (): number => Math.max(0, 2 * random.uniform() - 1);
  const batch = {
    rowCount: PROBE_ROWS,
    images: Float32Array.from({ length: PROBE_ROWS * channels * sidePix * sidePix }, draw),
    features: Float32Array.from({ length: PROBE_ROWS * (network.features?.count ?? 0) }, () => random.normal()),
    isMc: Uint8Array.of(0, 1),
  };
  const gradients = parametersOver(network);
  const session = await openTrainingSession(network, parameters, gradients, {
    rowCount: PROBE_ROWS,
    hasDropout: false,
    blockSize,
  });
  try {
    await session.computeGradients(batch);
  } finally {
    await session.close();
  }
  return gradients;
}
