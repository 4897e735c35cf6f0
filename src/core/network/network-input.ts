/**
 * A batch as the network takes it. `images` is [rows, channels, side, side] (NCHW) and `features` [rows, featureCount],
 * both row-major and float32, features in the order of the recipe.
 */
export interface NetworkInput {
  readonly rowCount: number;
  readonly images: Float32Array;
  readonly features: Float32Array;
}
