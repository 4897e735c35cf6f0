import { DomainFailure } from '../result/failure.ts';

/** Mean and standard deviation of each feature over a training set, in the order of the features. */
export interface FeatureMoments {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
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
 * (value − mean) / σ of row-major feature values. The moments belong to a model and are stored with it.
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
  return values.map((value, index) => {
    const feature = index % featureCount;
    return (value - moments.mean[feature]!) / moments.deviation[feature]!;
  });
}
