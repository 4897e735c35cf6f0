import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { frontOf } from '../../core/network/graph-front.ts';
import { tailBehindImages } from '../../core/network/graph-tail.ts';
import { hiddenLayerOf } from '../../core/network/hidden-layer.ts';
import { FEATURES_INPUT } from '../../core/network/inference-graph.ts';
import type { NetworkInput } from '../../core/network/network-input.ts';
import { asOutput } from '../../core/network/onnx-nodes.ts';
import type { PatchGrid } from '../../core/network/patch-grid.ts';
import { coverPatch } from '../../core/network/patch-grid.ts';
import { inputShapeOf } from '../../core/network/presets.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import { describeNetwork } from '../../core/network/registry.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { LoadedModel } from '../model-store/load-model.ts';
import type { AskCovered } from './cut-graph.ts';
import { openCutGraph } from './cut-graph.ts';
import type { NetworkSession } from './onnx-session.ts';
import { mcOf, openGraph, sessionSettings } from './onnx-session.ts';

/**
 * A session that also tells the last hidden layer, and asks cheaply about many feature values with one image and about
 * one image with many patches covered.
 */
export interface ExplainingSession extends NetworkSession {
  /** P(MC) per row, and the hidden layer's values, `width` per row. */
  withHidden(
    input: NetworkInput,
  ): Promise<{ readonly probabilities: Float32Array; readonly hidden: Float32Array; readonly width: number }>;
  /**
   * P(MC) of one image with each row of features, to the last bits of what `probabilities` gives; the image branch is
   * computed once where the network has one beside the features.
   * @param image channels × side × side
   * @param features as the network takes them, `rowCount` rows
   */
  withOneImage(image: Float32Array, features: Float32Array, rowCount: number): Promise<Float32Array>;
  /**
   * P(MC) of one image and one row of features with patches of a grid covered, as `probabilities` gives it for the
   * whole images.
   */
  withCovered(image: Float32Array, features: Float32Array, grid: PatchGrid): Promise<AskCovered>;
}

/**
 * Opens a model with values from inside it, for inference on the CPU.
 * @throws DomainFailure 'model-invalid' where the file does not end as our networks do
 */
export async function openExplainingSession({ onnxPath, description }: LoadedModel): Promise<ExplainingSession> {
  const onnx = await readFile(onnxPath);
  const hiddenLayer = hiddenLayerOf(onnx);
  if (hiddenLayer === undefined) {
    const why = 'its last layers are not a dense layer and a softmax';
    throw new DomainFailure({ kind: 'model-invalid', path: onnxPath, why });
  }
  const cut = tailBehindImages(onnx);
  const inside = [hiddenLayer, ...(cut === undefined ? [] : [cut.imageCode])];
  const shape = inputShapeOf(description.recipe, description.featureNames.length);
  const front = frontOf(onnx, describeNetwork(description.recipe.network, shape, description.recipe.variant));
  const halves = front && (await openCutGraph(front, shape, inside));
  const graph = halves ?? (await openGraph(Buffer.concat([onnx, ...inside.map(asOutput)]), shape, {}));
  const tail = cut && (await InferenceSession.create(joinChunks(cut.chunks), sessionSettings('cpu')));
  const probabilities = async (input: NetworkInput): Promise<Float32Array> =>
    input.rowCount === 0 ? new Float32Array(0) : mcOf(await graph.run(input));
  return {
    probabilities,
    async withHidden(input) {
      const outputs = await graph.run(input);
      const hidden = outputs[hiddenLayer]!.data as Float32Array;
      return { probabilities: mcOf(outputs), hidden, width: hidden.length / input.rowCount };
    },
    async withOneImage(image, features, rowCount) {
      if (rowCount === 0) return new Float32Array(0);
      if (tail === undefined || cut === undefined) {
        return probabilities({ rowCount, images: repeated(image, rowCount), features });
      }
      const first = await graph.run({ rowCount: 1, images: image, features: features.subarray(0, shape.featureCount) });
      const code = first[cut.imageCode]!.data as Float32Array;
      return mcOf(
        await tail.run({
          [cut.imageCode]: new Tensor('float32', repeated(code, rowCount), [rowCount, code.length]),
          [FEATURES_INPUT]: new Tensor('float32', features, [rowCount, shape.featureCount]),
        }),
      );
    },
    async withCovered(image, features, grid) {
      if (halves !== undefined) return halves.covered(image, features, grid);
      return (patches) => {
        const rowCount = patches.length;
        const images = repeated(image, rowCount);
        patches.forEach((patch, index) => {
          const target = images.subarray(index * image.length, (index + 1) * image.length);
          coverPatch(target, shape.channels, shape.sidePix, grid, patch);
        });
        return probabilities({ rowCount, images, features: repeated(features, rowCount) });
      };
    },
    async close() {
      await graph.close();
      await tail?.release();
    },
  };
}

function repeated(values: Float32Array, times: number): Float32Array {
  const all = new Float32Array(values.length * times);
  for (let i = 0; i < times; i++) all.set(values, i * values.length);
  return all;
}
