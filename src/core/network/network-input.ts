/**
 * Data flow 3/5: channels and features of some sources → one batch as the network takes it.
 * Before it: core/cutout/make-cutout.ts. After it: services/inference/classify-field.ts.
 */
import type { Cutout } from '../cutout/cutout.ts';
import type { FeatureTable } from '../features/feature-table.ts';
import type { FeatureMoments } from '../features/scaling.ts';
import { scaled } from '../features/scaling.ts';

/**
 * A batch as the network takes it. `images` is [rows, channels, side, side] (NCHW) and `features` [rows, featureCount],
 * both row-major and float32, features in the order of the recipe.
 */
export interface NetworkInput {
  readonly rowCount: number;
  readonly images: Float32Array;
  readonly features: Float32Array;
}

/**
 * Puts cutouts and the features of the same rows side by side.
 * @param rows catalogue rows, one per cutout
 * @param moments moments that a recipe with scaling stores with its model; features go in unscaled where undefined
 */
export function toNetworkInput(
  cutouts: readonly Cutout[],
  rows: readonly number[],
  table: FeatureTable,
  moments: FeatureMoments | undefined,
): NetworkInput {
  const rowCount = cutouts.length;
  const imageSize = rowCount === 0 ? 0 : cutouts[0]!.channels.length;
  const images = new Float32Array(rowCount * imageSize);
  const featureCount = table.names.length;
  const features = new Float32Array(rowCount * featureCount);
  for (let i = 0; i < rowCount; i++) {
    images.set(cutouts[i]!.channels, i * imageSize);
    writeFeatures(table, rows[i]!, moments, features, i * featureCount);
  }
  return { rowCount, images, features };
}

/** The features of one row as the network takes them, written at `offset` of `target`. */
export function writeFeatures(
  table: FeatureTable,
  row: number,
  moments: FeatureMoments | undefined,
  target: Float32Array,
  offset: number,
): void {
  const count = table.names.length;
  for (let j = 0; j < count; j++) {
    target[offset + j] = scaled(table.values[row * count + j]!, moments, j);
  }
}
