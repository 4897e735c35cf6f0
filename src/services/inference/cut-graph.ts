import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { GraphFront } from '../../core/network/graph-front.ts';
import { FEATURES_INPUT, IMAGES_INPUT } from '../../core/network/inference-graph.ts';
import { piecesFor } from '../../core/network/local-change.ts';
import type { NetworkInputShape } from '../../core/network/network-description.ts';
import type { PatchGrid } from '../../core/network/patch-grid.ts';
import { patchPlace, patchSpans } from '../../core/network/patch-grid.ts';
import { asOutput } from '../../core/network/onnx-nodes.ts';
import { joinChunks } from '../../core/network/protobuf-writer.ts';
import type { OpenGraph } from './onnx-session.ts';
import { mcOf, sessionSettings } from './onnx-session.ts';

/** P(MC) of one image and one row of features with each of some patches of a grid set to 0 in all channels. */
export type AskCovered = (patches: readonly number[]) => Promise<Float32Array>;

/** A graph in two pieces, together as the whole. */
export interface CutGraph extends OpenGraph {
  /**
   * @param image channels × side × side
   * @param features one row, as the network takes them
   */
  covered(image: Float32Array, features: Float32Array, grid: PatchGrid): Promise<AskCovered>;
}

/**
 * Opens a network cut behind its first pooling, which is asked about covered patches for half of what whole images cost.
 * The layers up to there, which are more than half of the work, see the piece of the image around a patch; what the patch
 * reaches of their map is put into the map of the whole image. The sums are those of the whole images, term by term.
 * @param inside values behind the cut that a run gives beside the probabilities
 */
export async function openCutGraph(
  { map, front, rest, walks }: GraphFront,
  { channels, sidePix, featureCount }: NetworkInputShape,
  inside: readonly string[],
): Promise<CutGraph> {
  const settings = sessionSettings('cpu');
  const before = await InferenceSession.create(joinChunks(front), settings);
  const behind = await InferenceSession.create(joinChunks([...rest, ...inside.map(asOutput)]), settings);
  const takesFeatures = behind.inputNames.includes(FEATURES_INPUT);

  const mapsOf = async (images: Float32Array, rowCount: number, side: number): Promise<Maps> => {
    const feeds = { [IMAGES_INPUT]: new Tensor('float32', images, [rowCount, channels, side, side]) };
    const { data, dims } = (await before.run(feeds))[map]!;
    return { values: data as Float32Array, channels: dims[1]!, side: dims[2]! };
  };
  const runBehind = (maps: Maps, features: Float32Array, rowCount: number): Promise<InferenceSession.ReturnType> => {
    const feeds = { [map]: new Tensor('float32', maps.values, [rowCount, maps.channels, maps.side, maps.side]) };
    if (takesFeatures) feeds[FEATURES_INPUT] = new Tensor('float32', features, [rowCount, featureCount]);
    return behind.run(feeds);
  };

  return {
    async run({ rowCount, images, features }) {
      return runBehind(await mapsOf(images, rowCount, sidePix), features, rowCount);
    },
    async covered(image, features, grid) {
      const spans = patchSpans(grid);
      const { side, stride, pieces } = piecesFor(walks, spans);
      const whole = await mapsOf(image, 1, sidePix);

      /** The piece of the image around a patch, with the patch set to 0. */
      const writePiece = (patch: number, target: Float32Array): void => {
        const { column, row } = patchPlace(grid, patch);
        const left = pieces[column]!.start;
        const bottom = pieces[row]!.start;
        for (let channel = 0; channel < channels; channel++) {
          for (let y = 0; y < side; y++) {
            const from = (channel * sidePix + bottom + y) * sidePix + left;
            const to = (channel * side + y) * side;
            target.set(image.subarray(from, from + side), to);
            const isCovered = bottom + y >= spans[row]!.first && bottom + y <= spans[row]!.last;
            if (isCovered) target.fill(0, to + spans[column]!.first - left, to + spans[column]!.last + 1 - left);
          }
        }
      };
      /** What the patch reaches of the piece's map, over the map of the whole image. */
      const writeReached = (patch: number, maps: Maps, index: number, target: Float32Array): void => {
        const { column, row } = patchPlace(grid, patch);
        const across = pieces[column]!;
        const along = pieces[row]!;
        const left = across.start / stride;
        const bottom = along.start / stride;
        for (let channel = 0; channel < maps.channels; channel++) {
          const plane = index * maps.channels + channel;
          for (let y = along.reached.first; y <= along.reached.last; y++) {
            const from = (plane * maps.side + y - bottom) * maps.side - left;
            const to = (channel * whole.side + y) * whole.side;
            for (let x = across.reached.first; x <= across.reached.last; x++) {
              target[to + x] = maps.values[from + x]!;
            }
          }
        }
      };

      return async (patches) => {
        const rowCount = patches.length;
        const pieceSize = channels * side * side;
        const images = new Float32Array(rowCount * pieceSize);
        patches.forEach((patch, index) =>
          writePiece(patch, images.subarray(index * pieceSize, (index + 1) * pieceSize)),
        );
        const reached = await mapsOf(images, rowCount, side);

        const mapSize = whole.values.length;
        const maps = new Float32Array(rowCount * mapSize);
        const rows = new Float32Array(rowCount * featureCount);
        patches.forEach((patch, index) => {
          const target = maps.subarray(index * mapSize, (index + 1) * mapSize);
          target.set(whole.values);
          writeReached(patch, reached, index, target);
          rows.set(features, index * featureCount);
        });
        return mcOf(await runBehind({ ...whole, values: maps }, rows, rowCount));
      };
    },
    async close() {
      await before.release();
      await behind.release();
    },
  };
}

/** Maps of some images: rows × channels × side × side. */
interface Maps {
  readonly values: Float32Array;
  readonly channels: number;
  readonly side: number;
}
