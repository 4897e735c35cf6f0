import { DomainFailure } from '../result/failure.ts';

/**
 * How features are scaled before the network. `none`: as published; scaling did not help there (Alegre et al. 2024,
 * §3.2). `standardise`: (value − mean) / σ. `asinh-standardise`:
 * the same of asinh(value), which is the value where it is small and its logarithm where it is large: fluxes and sizes span
 * four decades, and a σ that the brightest few set leaves the rest alike.
 */
export const FEATURE_SCALINGS = ['none', 'standardise', 'asinh-standardise'] as const;
export type FeatureScaling = (typeof FEATURE_SCALINGS)[number];

/** Mean and standard deviation of each feature over a training set, in the order of the features. */
export interface FeatureMoments {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** What they are moments of: the values where absent, else their asinh. */
  readonly of?: 'asinh' | undefined;
}

/**
 * Moments by which the given scaling standardises.
 * @param values row-major rows of `featureCount` features, finite
 */
export function momentsFor(
  scaling: Exclude<FeatureScaling, 'none'>,
  values: Float64Array,
  featureCount: number,
): FeatureMoments {
  switch (scaling) {
    case 'standardise':
      return featureMoments(values, featureCount);
    case 'asinh-standardise':
      return { ...featureMoments(values.map(Math.asinh), featureCount), of: 'asinh' };
  }
}

/** Whether a model's moments, or their absence, are what its recipe's scaling wants. */
export function momentsSuit(scaling: FeatureScaling, moments: FeatureMoments | undefined): boolean {
  if (scaling === 'none') return moments === undefined;
  return moments !== undefined && (moments.of === 'asinh') === (scaling === 'asinh-standardise');
}

/** One feature's value as the network takes it: as it is where there are no moments. */
export function scaled(value: number, moments: FeatureMoments | undefined, feature: number): number {
  if (moments === undefined) return value;
  const spread = moments.of === 'asinh' ? Math.asinh(value) : value;
  return (spread - moments.mean[feature]!) / moments.deviation[feature]!;
}

/** Of each feature the value that is scaled to 0: its mean, or what has the mean asinh. */
export function meanFeatures({ mean, of }: FeatureMoments): Float64Array {
  return Float64Array.from(mean, (value) => (of === 'asinh' ? Math.sinh(value) : value));
}

/**
 * Moments of row-major feature values (population σ, as scikit-learn's StandardScaler). A constant feature has σ 1, so
 * that it standardises to 0.
 */
export function featureMoments(values: Float64Array, featureCount: number): FeatureMoments {
  const rowCount = values.length / featureCount;
  const mean = new Array<number>(featureCount).fill(0);
  const deviation = new Array<number>(featureCount).fill(0);
  for (let feature = 0; feature < featureCount; feature++) {
    let sum = 0;
    for (let row = 0; row < rowCount; row++) sum += values[row * featureCount + feature]!;
    const centre = sum / rowCount;
    let squares = 0;
    for (let row = 0; row < rowCount; row++) squares += (values[row * featureCount + feature]! - centre) ** 2;
    const spread = Math.sqrt(squares / rowCount);
    mean[feature] = centre;
    deviation[feature] = spread > 0 ? spread : 1;
  }
  return { mean, deviation };
}

/**
 * Row-major feature values, each as `scaled` gives it. The moments belong to a model and are stored with it.
 * @throws DomainFailure model-input-mismatch where the values are not rows of that many features
 */
export function standardise(values: Float64Array, moments: FeatureMoments): Float64Array {
  const featureCount = moments.mean.length;
  if (moments.deviation.length !== featureCount || values.length % Math.max(1, featureCount) !== 0) {
    throw new DomainFailure({
      kind: 'model-input-mismatch',
      id: 'standardisation',
      why: `${values.length} values are not rows of ${featureCount} features`,
    });
  }
  return values.map((value, index) => scaled(value, moments, index % featureCount));
}
