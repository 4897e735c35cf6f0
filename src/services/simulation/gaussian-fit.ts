import type { Covariance } from './ellipse.ts';
import { determinant } from './ellipse.ts';

/** Data to fit: pixel coordinates and brightness, one entry per pixel. */
export interface FitPixels {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly value: Float64Array;
}

/** A fitted Gaussian: height [unit of the data], centre [pixel] and second moments [pixel²]. */
export interface FittedGaussian {
  readonly peak: number;
  readonly xPix: number;
  readonly yPix: number;
  readonly shape: Covariance;
}

/** Parameters per Gaussian: peak, x, y and the inverse covariance (a, b, c). */
const PER_GAUSSIAN = 6;
const MAX_ITERATIONS = 40;
const INITIAL_DAMPING = 1e-3;
const LARGEST_DAMPING = 1e7;
/** The fit ends when a step improves the sum of squares by less than this, relative. */
const RELATIVE_IMPROVEMENT = 1e-5;
/** A Gaussian is 0 beyond this exponent: e⁻¹⁴ ≈ 10⁻⁶ of its peak. */
const NEGLIGIBLE_EXPONENT = 14;

/** Limits on the widths that a fit may take: variances along the axes [pixel²]. */
export interface ShapeLimits {
  readonly smallestVariance: number;
  readonly largestVariance: number;
}

function toParameters(gaussians: readonly FittedGaussian[]): Float64Array {
  const parameters = new Float64Array(gaussians.length * PER_GAUSSIAN);
  gaussians.forEach(({ peak, xPix, yPix, shape }, i) => {
    const det = determinant(shape);
    parameters.set([peak, xPix, yPix, shape.yy / det, -shape.xy / det, shape.xx / det], i * PER_GAUSSIAN);
  });
  return parameters;
}

function toGaussians(parameters: Float64Array): FittedGaussian[] {
  return Array.from({ length: parameters.length / PER_GAUSSIAN }, (_, i) => {
    const [peak, xPix, yPix, a, b, c] = parameters.subarray(i * PER_GAUSSIAN, (i + 1) * PER_GAUSSIAN);
    const det = a! * c! - b! * b!;
    return { peak: peak!, xPix: xPix!, yPix: yPix!, shape: { xx: c! / det, xy: -b! / det, yy: a! / det } };
  });
}

function isAllowed(parameters: Float64Array, limits: ShapeLimits): boolean {
  for (let p = 0; p < parameters.length; p += PER_GAUSSIAN) {
    const [a, b, c] = [parameters[p + 3]!, parameters[p + 4]!, parameters[p + 5]!];
    const mean = (a + c) / 2;
    const spread = Math.hypot((a - c) / 2, b);
    if (!(parameters[p]! > 0)) return false;
    if (!(mean - spread >= 1 / limits.largestVariance) || !(mean + spread <= 1 / limits.smallestVariance)) return false;
  }
  return true;
}

/** Data minus model, written into `residual`; returns the sum of squares. */
function residualsInto(pixels: FitPixels, parameters: Float64Array, residual: Float64Array): number {
  residual.set(pixels.value);
  for (let p = 0; p < parameters.length; p += PER_GAUSSIAN) {
    const [peak, x0, y0] = [parameters[p]!, parameters[p + 1]!, parameters[p + 2]!];
    const [a, b, c] = [parameters[p + 3]!, parameters[p + 4]!, parameters[p + 5]!];
    for (let i = 0; i < residual.length; i++) {
      const dx = pixels.x[i]! - x0;
      const dy = pixels.y[i]! - y0;
      const exponent = 0.5 * (a * dx * dx + 2 * b * dx * dy + c * dy * dy);
      if (exponent < NEGLIGIBLE_EXPONENT) residual[i] = residual[i]! - peak * Math.exp(-exponent);
    }
  }
  let sum = 0;
  for (const value of residual) sum += value * value;
  return sum;
}

/** JᵀJ (upper triangle) and Jᵀr at the current parameters. */
function normalEquationsInto(
  pixels: FitPixels,
  parameters: Float64Array,
  residual: Float64Array,
  matrix: Float64Array,
  gradient: Float64Array,
): void {
  const size = parameters.length;
  matrix.fill(0);
  gradient.fill(0);
  const active = new Int32Array(size / PER_GAUSSIAN);
  const slopes = new Float64Array(size);
  for (let i = 0; i < residual.length; i++) {
    let count = 0;
    for (let p = 0; p < size; p += PER_GAUSSIAN) {
      const dx = pixels.x[i]! - parameters[p + 1]!;
      const dy = pixels.y[i]! - parameters[p + 2]!;
      const [a, b, c] = [parameters[p + 3]!, parameters[p + 4]!, parameters[p + 5]!];
      const exponent = 0.5 * (a * dx * dx + 2 * b * dx * dy + c * dy * dy);
      if (exponent >= NEGLIGIBLE_EXPONENT) continue;
      const unit = Math.exp(-exponent);
      const height = parameters[p]! * unit;
      slopes[p] = unit;
      slopes[p + 1] = height * (a * dx + b * dy);
      slopes[p + 2] = height * (b * dx + c * dy);
      slopes[p + 3] = -0.5 * height * dx * dx;
      slopes[p + 4] = -height * dx * dy;
      slopes[p + 5] = -0.5 * height * dy * dy;
      active[count++] = p;
    }
    const left = residual[i]!;
    for (let first = 0; first < count; first++) {
      const p = active[first]!;
      for (let u = p; u < p + PER_GAUSSIAN; u++) {
        const slope = slopes[u]!;
        gradient[u] = gradient[u]! + slope * left;
        const row = u * size;
        for (let v = u; v < p + PER_GAUSSIAN; v++) matrix[row + v] = matrix[row + v]! + slope * slopes[v]!;
        for (let second = first + 1; second < count; second++) {
          const q = active[second]!;
          for (let v = q; v < q + PER_GAUSSIAN; v++) matrix[row + v] = matrix[row + v]! + slope * slopes[v]!;
        }
      }
    }
  }
}

/** Solves (A + λ diag A) step = gradient by Cholesky's method; false where the matrix is not positive definite. */
function dampedStepInto(
  matrix: Float64Array,
  gradient: Float64Array,
  damping: number,
  factor: Float64Array,
  step: Float64Array,
): boolean {
  const size = gradient.length;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[j * size + i]!;
      if (i === j) sum *= 1 + damping;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i === j) {
        if (!(sum > 0)) return false;
        factor[i * size + i] = Math.sqrt(sum);
      } else {
        factor[i * size + j] = sum / factor[j * size + j]!;
      }
    }
  }
  for (let i = 0; i < size; i++) {
    let sum = gradient[i]!;
    for (let k = 0; k < i; k++) sum -= factor[i * size + k]! * step[k]!;
    step[i] = sum / factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = step[i]!;
    for (let k = i + 1; k < size; k++) sum -= factor[k * size + i]! * step[k]!;
    step[i] = sum / factor[i * size + i]!;
  }
  return true;
}

/**
 * Fits Gaussians to pixels together, by Levenberg and Marquardt's method with unit weights (the noise is even over an
 * island). Steps to a peak ≤ 0 or a width outside `limits` are refused, so the result always respects them if `start`
 * does.
 */
export function fitGaussians(
  pixels: FitPixels,
  start: readonly FittedGaussian[],
  limits: ShapeLimits,
): FittedGaussian[] {
  let parameters = toParameters(start);
  const size = parameters.length;
  const matrix = new Float64Array(size * size);
  const factor = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  const step = new Float64Array(size);
  let residual = new Float64Array(pixels.value.length);
  let trialResidual = new Float64Array(pixels.value.length);
  let cost = residualsInto(pixels, parameters, residual);
  let damping = INITIAL_DAMPING;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    normalEquationsInto(pixels, parameters, residual, matrix, gradient);
    let accepted = false;
    let improvement = 0;
    while (!accepted && damping < LARGEST_DAMPING) {
      if (dampedStepInto(matrix, gradient, damping, factor, step)) {
        const trial = parameters.map((value, i) => value + step[i]!);
        if (isAllowed(trial, limits)) {
          const trialCost = residualsInto(pixels, trial, trialResidual);
          if (trialCost < cost) {
            improvement = (cost - trialCost) / cost;
            [parameters, cost] = [trial, trialCost];
            [residual, trialResidual] = [trialResidual, residual];
            accepted = true;
          }
        }
      }
      damping *= accepted ? 0.2 : 6;
    }
    if (!accepted || improvement < RELATIVE_IMPROVEMENT) break;
  }
  return toGaussians(parameters);
}

/** Data minus the Gaussians, one value per pixel. */
export function residualOf(pixels: FitPixels, gaussians: readonly FittedGaussian[]): Float64Array {
  const residual = new Float64Array(pixels.value.length);
  residualsInto(pixels, toParameters(gaussians), residual);
  return residual;
}

/** Brightness of the Gaussians together at a point. */
export function brightnessAt(gaussians: readonly FittedGaussian[], x: number, y: number): number {
  let sum = 0;
  for (const { peak, xPix, yPix, shape } of gaussians) {
    const [dx, dy] = [x - xPix, y - yPix];
    const quadratic = shape.yy * dx * dx - 2 * shape.xy * dx * dy + shape.xx * dy * dy;
    sum += peak * Math.exp((-0.5 * quadratic) / determinant(shape));
  }
  return sum;
}
