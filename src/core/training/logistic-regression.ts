/** A fitted logistic regression: P = 1 / (1 + exp(−(intercept + weights · x))). */
export interface LogisticRegression {
  readonly intercept: number;
  readonly weights: Float64Array;
}

/** Strength of the ridge on the weights (not the intercept), as scikit-learn's default C = 1. */
const RIDGE = 1;
const MAXIMUM_ROUNDS = 100;
/** Newton's method has converged when no coefficient moves by more. */
const TOLERANCE = 1e-9;

/**
 * Fits by Newton's method (iteratively reweighted least squares) with a ridge penalty of ½ Σ w².
 * @param values row-major rows of `featureCount` features, standardised, finite
 * @param isMc 1 for the positive class
 */
export function fitLogisticRegression(
  values: ArrayLike<number>,
  isMc: ArrayLike<number>,
  featureCount: number,
): LogisticRegression {
  const size = featureCount + 1;
  // Coefficient 0 is the intercept.
  const coefficients = new Float64Array(size);
  const row = new Float64Array(size);
  row[0] = 1;
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const gradient = new Float64Array(size);
    const hessian = new Float64Array(size * size);
    for (let j = 1; j < size; j++) {
      gradient[j] = RIDGE * coefficients[j]!;
      hessian[j * size + j] = RIDGE;
    }
    for (let i = 0; i < isMc.length; i++) {
      let logit = coefficients[0]!;
      for (let j = 1; j < size; j++) {
        row[j] = values[i * featureCount + j - 1]!;
        logit += coefficients[j]! * row[j]!;
      }
      const probability = 1 / (1 + Math.exp(-logit));
      const residual = probability - isMc[i]!;
      const curvature = Math.max(probability * (1 - probability), 1e-12);
      for (let j = 0; j < size; j++) {
        gradient[j]! += residual * row[j]!;
        const scaled = curvature * row[j]!;
        for (let k = 0; k <= j; k++) hessian[j * size + k]! += scaled * row[k]!;
      }
    }
    const step = solveByCholesky(hessian, gradient, size);
    let largest = 0;
    for (let j = 0; j < size; j++) {
      coefficients[j]! -= step[j]!;
      largest = Math.max(largest, Math.abs(step[j]!));
    }
    if (largest < TOLERANCE) break;
  }
  return { intercept: coefficients[0]!, weights: coefficients.slice(1) };
}

/** Logit of each row: a score that rises with the probability. */
export function logitsOf({ intercept, weights }: LogisticRegression, values: ArrayLike<number>): Float64Array {
  const featureCount = weights.length;
  return Float64Array.from({ length: values.length / featureCount }, (_, row) => {
    let logit = intercept;
    for (let j = 0; j < featureCount; j++) logit += weights[j]! * values[row * featureCount + j]!;
    return logit;
  });
}

/** Solves A x = b for a symmetric positive definite A, whose lower triangle is given and overwritten. */
function solveByCholesky(lower: Float64Array, b: Float64Array, size: number): Float64Array {
  for (let j = 0; j < size; j++) {
    for (let k = 0; k < j; k++) {
      const factor = lower[j * size + k]!;
      for (let i = j; i < size; i++) lower[i * size + j]! -= lower[i * size + k]! * factor;
    }
    const diagonal = Math.sqrt(lower[j * size + j]!);
    for (let i = j; i < size; i++) lower[i * size + j]! /= diagonal;
  }
  const x = Float64Array.from(b);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i * size + k]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= lower[k * size + i]! * x[k]!;
    x[i]! /= lower[i * size + i]!;
  }
  return x;
}
