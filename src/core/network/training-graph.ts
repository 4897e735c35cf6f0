import type { BlockSize } from './blocked-layers.ts';
import { FEATURES_INPUT, PROBABILITIES_OUTPUT } from './inference-graph.ts';
import type { NetworkDescription } from './network-description.ts';
import type { Value } from './onnx-graph.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { randomStream } from '../random/philox.ts';
import { isTrainable, parameterTensors } from './parameter-tensors.ts';
import type { Backward, TrainingWriter } from './training-branches.ts';
import { trainedDenseLayers, trainedImageBranch } from './training-branches.ts';
import { batchStatistic, gradientOutput, LOSS_OUTPUT, TARGETS_INPUT } from './training-names.ts';

const DROPOUT_STREAM = 600;
/** The generator's modulus is 2³¹ − 1. */
const LARGEST_DROPOUT_SEED = 2 ** 31 - 3;

export interface TrainingGraphOptions {
  /** Rows of a batch; the graph is written for exactly that many. */
  readonly rowCount: number;
  /** Off for checks against a reference; on for training. */
  readonly hasDropout: boolean;
  /** Seed that the dropouts' own seeds are drawn from; 1 where absent. */
  readonly dropoutSeed?: number;
  /**
   * Writes the image branch in onnxruntime's blocked order (see blocked-layers.ts) with blocks of this many channels;
   * standard operators where absent. Ignored where the network's layers do not allow it.
   */
  readonly blockSize?: BlockSize | undefined;
  /**
   * Writes pooling and dropout in operators that graphics devices have (see device-layers.ts), in standard order: the same
   * numbers. Dropouts then take an input of ones each.
   */
  readonly isForDevice?: boolean | undefined;
}

/**
 * Forward pass, two-way cross-entropy and hand-derived backward pass as one ONNX model in standard operators: the
 * portable reference that any faster graph must agree with. Inputs: `images`, `features` (those the network has),
 * `targets` [rows, 2] (per row its weight, usually 1, in the column of its class) and every trainable parameter by its name. Outputs: `loss` (mean over the
 * rows), `probabilities` [rows, 2], a `gradient.NAME` per trainable parameter and a `batch.NAME` per running average. The
 * parameters are not changed: the optimiser is core/training/optimiser.ts.
 */
export function trainingModel(network: NetworkDescription, options: TrainingGraphOptions): readonly Uint8Array[] {
  const graph = new OnnxGraph();
  const { rowCount } = options;
  const tensors = parameterTensors(network);
  for (const { name, shape } of tensors.filter(isTrainable)) graph.input(name, shape);
  const targets = graph.input(TARGETS_INPUT, [rowCount, 2]);
  const nextDropoutSeed = options.hasDropout ? dropoutSeeds(options.dropoutSeed ?? 1) : undefined;
  const { blockSize, isForDevice = false } = options;
  const writer: TrainingWriter = { graph, rowCount, blockSize, isForDevice, nextDropoutSeed };

  const branches: { readonly value: Value; readonly width: number; readonly tape: Backward[] }[] = [];
  if (network.image !== undefined) {
    const tape: Backward[] = [];
    const value = trainedImageBranch(writer, network.image, tape);
    branches.push({ value, width: network.image.dense.at(-1)!.outputs, tape });
  }
  if (network.features !== undefined) {
    const tape: Backward[] = [];
    const { count, dense: layers } = network.features;
    const value = trainedDenseLayers(writer, graph.input(FEATURES_INPUT, [rowCount, count]), layers, tape, true);
    branches.push({ value, width: layers.at(-1)!.outputs, tape });
  }
  const joined =
    branches.length === 1
      ? branches[0]!.value
      : graph.operator(
          'Concat',
          branches.map((branch) => branch.value),
          { axis: 1 },
        );
  const tape: Backward[] = [];
  const logits = trainedDenseLayers(writer, joined, network.head, tape, false);

  const { probabilities, logitGradient } = crossEntropy(graph, logits, targets, rowCount);
  let gradient = logitGradient;
  for (const backward of tape.reverse()) gradient = backward(gradient);
  const widths = graph.integers(...branches.map((branch) => branch.width));
  const gradients =
    branches.length === 1
      ? [gradient]
      : graph.operatorWithOutputs(branches.length, 'Split', [gradient, widths], { axis: 1 });
  branches.forEach((branch, index) => {
    let branchGradient = gradients[index]!;
    for (const backward of branch.tape.reverse()) branchGradient = backward(branchGradient);
  });

  graph.output(LOSS_OUTPUT, []);
  graph.output(probabilities, [rowCount, 2]);
  for (const tensor of tensors) {
    const { name, shape } = tensor;
    graph.output(isTrainable(tensor) ? gradientOutput(name) : batchStatistic(name), shape);
  }
  return graph.modelChunks();
}

/**
 * Seeds of one graph's dropouts. Drawn and not counted on: onnxruntime's generator is a linear congruence, whose masks for
 * the seeds 1 and 2 agree on 75 % of the values where independent ones would on 62.5 % (dropout of 25 %).
 */
export function dropoutSeeds(seed: number): () => number {
  const random = randomStream(seed, DROPOUT_STREAM);
  return () => 1 + random.integer(LARGEST_DROPOUT_SEED);
}

/**
 * Mean over the rows of −w log p(class), written as the loss output, where a row's target is w in the column of its
 * class; its gradient by the logits is (w p − target) / rows.
 */
function crossEntropy(
  graph: OnnxGraph,
  logits: Value,
  targets: Value,
  rowCount: number,
): { probabilities: Value; logitGradient: Value } {
  const logProbabilities = graph.operator('LogSoftmax', [logits], { axis: 1 });
  const ofTarget = graph.operator('Mul', [targets, logProbabilities]);
  const perRow = graph.operator('ReduceSum', [ofTarget, graph.integers(1)], { keepdims: 0 });
  const mean = graph.operator('ReduceMean', [perRow], { keepdims: 0 });
  graph.operator('Neg', [mean], {}, { output: LOSS_OUTPUT });
  const probabilities = graph.operator('Exp', [logProbabilities], {}, { output: PROBABILITIES_OUTPUT });
  const weight = graph.operator('ReduceSum', [targets, graph.integers(1)], { keepdims: 1 });
  const weighted = graph.operator('Mul', [probabilities, weight]);
  const difference = graph.operator('Sub', [weighted, targets]);
  return { probabilities, logitGradient: graph.operator('Div', [difference, graph.scalar(rowCount)]) };
}
