import type {
  ConvolutionBlock,
  ConvolutionLayer,
  DenseLayer,
  NetworkDescription,
  Padding,
  PoolingLayer,
} from './network-description.ts';
import { isTrainable, parameterTensors } from './parameter-tensors.ts';

/** One line of a network's table: a layer, what it does, what it hands on, and what it learns. */
export interface LayerRow {
  readonly branch: 'image' | 'features' | 'head';
  /** As the layer's tensors are called; for a layer without any, what it is. */
  readonly layer: string;
  readonly does: string;
  /** Of one row: channels × side × side of maps, or the number of values. */
  readonly output: readonly number[];
  /** Trainable numbers. */
  readonly parameters: number;
}

/** Every layer in the order in which a row passes it. The sum of `parameters` is the network's `parameterCount`. */
export function layerTable(network: NetworkDescription): readonly LayerRow[] {
  const parametersOf = countsByLayer(network);
  const { image, features, head } = network;
  const rows: LayerRow[] = [];
  if (image !== undefined) {
    rows.push(input('image', [image.channels, image.sidePix, image.sidePix]));
    image.blocks.forEach((block, index) => rows.push(...blockRows(block, index + 1, parametersOf)));
    rows.push({ ...input('image', [image.flattened]), layer: 'flatten' });
    rows.push(...denseRows('image', image.dense, parametersOf));
  }
  if (features !== undefined) {
    rows.push(input('features', [features.count]), ...denseRows('features', features.dense, parametersOf));
  }
  if (image !== undefined && features !== undefined) {
    const both = image.dense.at(-1)!.outputs + features.dense.at(-1)!.outputs;
    rows.push({ ...input('head', [both]), layer: 'concatenate', does: 'image, then features' });
  }
  rows.push(...denseRows('head', head, parametersOf));
  return [...rows, { ...input('head', [head.at(-1)!.outputs]), layer: 'softmax', does: 'S, MC' }];
}

const input = (branch: LayerRow['branch'], output: readonly number[]): LayerRow => ({
  branch,
  layer: 'input',
  does: '',
  output,
  parameters: 0,
});

function countsByLayer(network: NetworkDescription): (layer: string) => number {
  const counts = new Map<string, number>();
  for (const tensor of parameterTensors(network).filter(isTrainable)) {
    const layer = tensor.name.slice(0, tensor.name.lastIndexOf('.'));
    counts.set(layer, (counts.get(layer) ?? 0) + tensor.size);
  }
  return (layer) => counts.get(layer) ?? 0;
}

function blockRows(
  { convolutions, pooling, dropout }: ConvolutionBlock,
  number: number,
  parametersOf: (layer: string) => number,
): LayerRow[] {
  const rows = convolutions.map((layer): LayerRow => {
    const { name, outputChannels, outputSide } = layer;
    return {
      branch: 'image',
      layer: name,
      does: [convolutionText(layer), ...normalisationText(layer), 'ReLU'].join(', '),
      output: [outputChannels, outputSide, outputSide],
      parameters: parametersOf(name),
    };
  });
  const channels = convolutions.at(-1)!.outputChannels;
  const dropped = dropout === 0 ? [] : [`dropout ${dropout}`];
  if (pooling === undefined) {
    const last = rows.at(-1)!;
    return [...rows.slice(0, -1), { ...last, does: [last.does, ...dropped].join(', ') }];
  }
  return [
    ...rows,
    {
      branch: 'image',
      layer: `image.block${number}.pool`,
      does: [poolingText(pooling), ...dropped].join(', '),
      output: [channels, pooling.outputSide, pooling.outputSide],
      parameters: 0,
    },
  ];
}

function denseRows(
  branch: LayerRow['branch'],
  layers: readonly DenseLayer[],
  parametersOf: (layer: string) => number,
): LayerRow[] {
  return layers.map((layer) => ({
    branch,
    layer: layer.name,
    does: [
      'dense',
      ...normalisationText(layer),
      ...(layer.isRectified ? ['ReLU'] : []),
      ...(layer.dropout === 0 ? [] : [`dropout ${layer.dropout}`]),
    ].join(', '),
    output: [layer.outputs],
    parameters: parametersOf(layer.name),
  }));
}

const convolutionText = ({ kernelSide, stride, padding }: ConvolutionLayer): string =>
  `convolution ${kernelSide} × ${kernelSide}, stride ${stride}, padding ${paddingText(padding)}`;

const poolingText = ({ kernelSide, stride, padding }: PoolingLayer): string =>
  `maximum of ${kernelSide} × ${kernelSide}, stride ${stride}, padding ${paddingText(padding)}`;

const paddingText = ({ near, far }: Padding): string => (near === far ? String(near) : `${near} and ${far}`);

const normalisationText = ({ normalisation }: ConvolutionLayer | DenseLayer): string[] =>
  normalisation === undefined ? [] : [`${normalisation} normalisation`];
