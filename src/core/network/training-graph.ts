import type { BlockSize } from './blocked-layers.ts';
import { blockedConvolution, blockedPooling, fromBlocked, toBlocked } from './blocked-layers.ts';
import type { DenseLayer, ImageBranch, NetworkDescription } from './network-description.ts';
import { parameterTensors } from './network-description.ts';
import { FEATURES_INPUT, IMAGES_INPUT, PROBABILITIES_OUTPUT } from './inference-graph.ts';
import { convolution, dense, dropout, maximumPooling } from './layer-gradients.ts';
import type { Value } from './onnx-graph.ts';
import { OnnxGraph } from './onnx-graph.ts';
import { gradientOutput, LOSS_OUTPUT, TARGETS_INPUT } from './training-names.ts';

export interface TrainingGraphOptions {
  /** Rows of a batch; the graph is written for exactly that many. */
  readonly rowCount: number;
  /** Off for checks against a reference; on for training. */
  readonly hasDropout: boolean;
  /** Seed of the first dropout's masks, the others counting on from it; 1 where absent. */
  readonly dropoutSeed?: number;
  /**
   * Writes the image branch in onnxruntime's blocked order (see blocked-layers.ts) with blocks of this many channels;
   * standard operators where absent. Ignored where the network's pooling does not allow it.
   */
  readonly blockSize?: BlockSize | undefined;
}

/** Turns the gradient by a layer's output into the gradient by its input. */
type Backward = (gradient: Value) => Value;

/**
 * Forward pass, two-way cross-entropy and hand-derived backward pass as one ONNX model in standard operators: the
 * portable reference that any faster graph must agree with. Inputs: `images`, `features` (those the network has),
 * `targets` [rows, 2] (one 1 per row) and every parameter by its name. Outputs: `loss` (mean over the rows),
 * `probabilities` [rows, 2] and a `gradient.NAME` per parameter. The parameters are not changed: the optimiser is
 * core/training/optimiser.ts.
 */
export function trainingModel(network: NetworkDescription, options: TrainingGraphOptions): readonly Uint8Array[] {
  const graph = new OnnxGraph();
  const { rowCount } = options;
  for (const { name, shape } of parameterTensors(network)) graph.input(name, shape);
  const targets = graph.input(TARGETS_INPUT, [rowCount, 2]);
  let nextSeed = options.dropoutSeed ?? 1;
  const tape: Backward[] = [];

  /** Applies dropout in training and records its backward pass on the given tape. */
  const drop = (value: Value, share: number, record: Backward[]): Value => {
    if (!options.hasDropout) return value;
    const { output, backward } = dropout(graph, value, share, nextSeed++);
    record.push(backward);
    return output;
  };
  const denseLayers = (input: Value, layers: readonly DenseLayer[], record: Backward[], isFirst: boolean): Value =>
    layers.reduce((value, layer, index) => {
      const { output, backward } = dense(graph, value, layer, { needsInputGradient: !(isFirst && index === 0) });
      record.push(backward);
      return output;
    }, input);

  const branches: { readonly value: Value; readonly width: number; readonly tape: Backward[] }[] = [];
  if (network.image !== undefined) {
    const imageTape: Backward[] = [];
    const write = allowsBlocks(network.image, options.blockSize) ? blockedImageBranch : imageBranch;
    const value = write(graph, network.image, { rowCount, blockSize: options.blockSize }, imageTape, drop);
    branches.push({ value, width: network.image.dense.outputs, tape: imageTape });
  }
  if (network.features !== undefined) {
    const featureTape: Backward[] = [];
    const { count, dense: layers, dropout: share } = network.features;
    const input = graph.input(FEATURES_INPUT, [rowCount, count]);
    const value = drop(denseLayers(input, layers, featureTape, true), share, featureTape);
    branches.push({ value, width: layers.at(-1)!.outputs, tape: featureTape });
  }
  const joined =
    branches.length === 1
      ? branches[0]!.value
      : graph.operator(
          'Concat',
          branches.map((branch) => branch.value),
          { axis: 1 },
        );
  const logits = denseLayers(joined, network.head, tape, false);

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
  for (const { name, shape } of parameterTensors(network)) graph.output(gradientOutput(name), shape);
  return graph.modelChunks();
}

interface BranchSettings {
  readonly rowCount: number;
  readonly blockSize: BlockSize | undefined;
}

type Drop = (value: Value, share: number, record: Backward[]) => Value;

function imageBranch(
  graph: OnnxGraph,
  branch: ImageBranch,
  { rowCount }: BranchSettings,
  tape: Backward[],
  drop: Drop,
): Value {
  let value = graph.input(IMAGES_INPUT, [rowCount, branch.channels, branch.sidePix, branch.sidePix]);
  branch.blocks.forEach(({ convolutions, pooling, dropout: share }, blockIndex) => {
    convolutions.forEach((layer, index) => {
      const needsInputGradient = blockIndex + index > 0;
      const { output, backward } = convolution(graph, value, layer, rowCount, { needsInputGradient });
      value = output;
      tape.push(backward);
    });
    const pooled = maximumPooling(graph, value, pooling, rowCount, convolutions.at(-1)!.outputChannels);
    tape.push(pooled.backward);
    value = drop(pooled.output, share, tape);
  });
  return flattenedDense(graph, value, branch, rowCount, tape, drop);
}

/** Blocks need whole blocks of channels after the first layer, and pooling that splits even maps into quarters. */
function allowsBlocks(branch: ImageBranch, blockSize: BlockSize | undefined): boolean {
  if (blockSize === undefined || branch.channels >= blockSize) return false;
  return branch.blocks.every(
    ({ convolutions, pooling }) =>
      pooling.stride === 2 &&
      pooling.padding === 0 &&
      pooling.inputSide % 2 === 0 &&
      convolutions.every(({ outputChannels }) => outputChannels % blockSize === 0),
  );
}

function blockedImageBranch(
  graph: OnnxGraph,
  branch: ImageBranch,
  { rowCount, blockSize }: BranchSettings,
  tape: Backward[],
  drop: Drop,
): Value {
  const blocked = { graph, rowCount, blockSize: blockSize! };
  let value = graph.input(IMAGES_INPUT, [rowCount, branch.channels, branch.sidePix, branch.sidePix]);
  branch.blocks.forEach(({ convolutions, pooling, dropout: share }, blockIndex) => {
    convolutions.forEach((layer, index) => {
      const needsInputGradient = blockIndex + index > 0;
      const isMasked = index === convolutions.length - 1;
      const { output, backward } = blockedConvolution(blocked, value, layer, { needsInputGradient, isMasked });
      value = output;
      tape.push(backward);
    });
    const pooled = blockedPooling(blocked, value, pooling, convolutions.at(-1)!.outputChannels);
    tape.push(pooled.backward);
    value = drop(pooled.output, share, tape);
  });
  tape.push((gradient) => toBlocked(blocked, gradient));
  const standard = fromBlocked(blocked, value, branch.blocks.at(-1)!.convolutions.at(-1)!.outputChannels);
  return flattenedDense(graph, standard, branch, rowCount, tape, drop);
}

function flattenedDense(
  graph: OnnxGraph,
  maps: Value,
  branch: ImageBranch,
  rowCount: number,
  tape: Backward[],
  drop: Drop,
): Value {
  const { outputSide } = branch.blocks.at(-1)!.pooling;
  const channels = branch.flattened / (outputSide * outputSide);
  const flat = graph.operator('Reshape', [maps, graph.integers(rowCount, branch.flattened)]);
  tape.push((gradient) =>
    graph.operator('Reshape', [gradient, graph.integers(rowCount, channels, outputSide, outputSide)]),
  );
  const { output, backward } = dense(graph, flat, branch.dense, { needsInputGradient: true });
  tape.push(backward);
  return drop(output, branch.dropout, tape);
}

/** Mean over the rows of −log p(target), written as the loss output; its gradient by the logits is (p − target) / rows. */
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
  const difference = graph.operator('Sub', [probabilities, targets]);
  return { probabilities, logitGradient: graph.operator('Div', [difference, graph.scalar(rowCount)]) };
}
