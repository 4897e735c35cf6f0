import type { BlockSize } from './blocked-layers.ts';
import { blockedConvolution, blockedPooling, fromBlocked, KERNEL_SIDE, toBlocked } from './blocked-layers.ts';
import { IMAGES_INPUT } from './inference-graph.ts';
import { dropoutByMask, poolingByPlaces } from './device-layers.ts';
import { convolution, dense, dropout, maximumPooling } from './layer-gradients.ts';
import type {
  ConvolutionBlock,
  ConvolutionLayer,
  DenseLayer,
  ImageBranch,
  PoolingLayer,
} from './network-description.ts';
import { outputOfBlock } from './network-description.ts';
import type { OnnxGraph, Value } from './onnx-graph.ts';
import { onesInput } from './training-names.ts';

/** Turns the gradient by a layer's output into the gradient by its input. */
export type Backward = (gradient: Value) => Value;

/** What the layers of one training graph share. */
export interface TrainingWriter {
  readonly graph: OnnxGraph;
  readonly rowCount: number;
  readonly blockSize: BlockSize | undefined;
  /** See TrainingGraphOptions. */
  readonly isForDevice: boolean;
  /** Seed of the next dropout's mask; undefined where there is no dropout. */
  readonly nextDropoutSeed: (() => number) | undefined;
}

/** Applies dropout in training and records its backward pass on the given tape. */
function drop(writer: TrainingWriter, value: Value, shape: readonly number[], share: number, tape: Backward[]): Value {
  const { graph, isForDevice, nextDropoutSeed } = writer;
  if (nextDropoutSeed === undefined || share === 0) return value;
  const seed = nextDropoutSeed();
  const { output, backward } = isForDevice
    ? dropoutByMask(graph, value, share, seed, graph.input(onesInput(seed), shape))
    : dropout(graph, value, share, seed);
  tape.push(backward);
  return output;
}

/** @param isFirst true where the input is the network's own, whose gradient nobody needs */
export function trainedDenseLayers(
  writer: TrainingWriter,
  input: Value,
  layers: readonly DenseLayer[],
  tape: Backward[],
  isFirst: boolean,
): Value {
  return layers.reduce((value, layer, index) => {
    const needs = { needsInputGradient: !(isFirst && index === 0) };
    const { output, backward } = dense(writer.graph, value, layer, writer.rowCount, needs);
    tape.push(backward);
    return drop(writer, output, [writer.rowCount, layer.outputs], layer.dropout, tape);
  }, input);
}

/** From the graph's input `images` to the branch's last dense layer. */
export function trainedImageBranch(writer: TrainingWriter, branch: ImageBranch, tape: Backward[]): Value {
  const { graph, rowCount, blockSize } = writer;
  const images = graph.input(IMAGES_INPUT, [rowCount, branch.channels, branch.sidePix, branch.sidePix]);
  const maps =
    !writer.isForDevice && blockSize !== undefined && allowsBlocks(branch, blockSize)
      ? blockedMaps(writer, blockSize, images, branch, tape)
      : standardMaps(writer, images, branch, tape);
  const { channels, sidePix } = outputOfBlock(branch.blocks.at(-1)!);
  const flat = graph.operator('Reshape', [maps, graph.integers(rowCount, branch.flattened)]);
  tape.push((gradient) => graph.operator('Reshape', [gradient, graph.integers(rowCount, channels, sidePix, sidePix)]));
  return trainedDenseLayers(writer, flat, branch.dense, tape, false);
}

function mapShape({ rowCount }: TrainingWriter, block: ConvolutionBlock): readonly number[] {
  const { channels, sidePix } = outputOfBlock(block);
  return [rowCount, channels, sidePix, sidePix];
}

function standardMaps(writer: TrainingWriter, images: Value, branch: ImageBranch, tape: Backward[]): Value {
  const { graph, rowCount, isForDevice } = writer;
  let value = images;
  branch.blocks.forEach((block, blockIndex) => {
    const { convolutions, pooling } = block;
    convolutions.forEach((layer, index) => {
      const needsInputGradient = blockIndex + index > 0;
      const { output, backward } = convolution(graph, value, layer, rowCount, { needsInputGradient, isForDevice });
      value = output;
      tape.push(backward);
    });
    if (pooling !== undefined) {
      const pool = isForDevice ? poolingByPlaces : maximumPooling;
      const pooled = pool(graph, value, pooling, rowCount, convolutions.at(-1)!.outputChannels);
      tape.push(pooled.backward);
      value = pooled.output;
    }
    value = drop(writer, value, mapShape(writer, block), block.dropout, tape);
  });
  return value;
}

/**
 * Blocks need whole blocks of channels after the first layer, kernels of side 3 with padding 1, no normalisation, and
 * pooling that splits even maps into quarters.
 */
function allowsBlocks(branch: ImageBranch, blockSize: BlockSize): boolean {
  if (branch.channels >= blockSize) return false;
  return branch.blocks.every(
    ({ convolutions, pooling }) =>
      pooling !== undefined &&
      isQuartering(pooling) &&
      convolutions.every((layer) => isPlain(layer) && layer.outputChannels % blockSize === 0),
  );
}

const isPlain = ({ kernelSide, padding, normalisation }: ConvolutionLayer): boolean =>
  kernelSide === KERNEL_SIDE && padding.near === 1 && padding.far === 1 && normalisation === undefined;

const isQuartering = ({ kernelSide, stride, padding, inputSide }: PoolingLayer): boolean =>
  kernelSide === 2 && stride === 2 && padding.near === 0 && padding.far === 0 && inputSide % 2 === 0;

function blockedMaps(
  writer: TrainingWriter,
  blockSize: BlockSize,
  images: Value,
  branch: ImageBranch,
  tape: Backward[],
): Value {
  const blocked = { graph: writer.graph, rowCount: writer.rowCount, blockSize };
  let value = images;
  branch.blocks.forEach((block, blockIndex) => {
    const { convolutions, pooling } = block;
    convolutions.forEach((layer, index) => {
      const needsInputGradient = blockIndex + index > 0;
      const isMasked = index === convolutions.length - 1;
      const { output, backward } = blockedConvolution(blocked, value, layer, { needsInputGradient, isMasked });
      value = output;
      tape.push(backward);
    });
    const pooled = blockedPooling(blocked, value, pooling!, convolutions.at(-1)!.outputChannels);
    tape.push(pooled.backward);
    value = drop(writer, pooled.output, mapShape(writer, block), block.dropout, tape);
  });
  tape.push((gradient) => toBlocked(blocked, gradient));
  return fromBlocked(blocked, value, outputOfBlock(branch.blocks.at(-1)!).channels);
}
