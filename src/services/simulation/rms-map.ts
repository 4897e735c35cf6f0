import type { SkyImage } from './render.ts';
import type { SmoothMap } from './smooth-map.ts';
import { smoothMap } from './smooth-map.ts';

/** Side of the boxes that the noise is measured in, and distance between them [pixel]. LoTSS: PyBDSF `rms_box` (160, 50). */
const BOX_PIX = 120;
const STEP_PIX = 40;
/** Only every so many pixels are looked at; neighbours within a beam carry little more. */
const STRIDE_PIX = 2;
const CLIP_SIGMA = 3;
const CLIP_ROUNDS = 6;
/** A clipped Gaussian is too narrow: σ measured within ±3σ over the true one. */
const CLIPPED_SIGMA_RATIO = 0.9865;
const FEWEST_PIXELS = 50;

/** The noise as a source finder measures it: 3σ-clipped standard deviation in boxes, bilinear between them [mJy/beam]. */
export function measureRmsMap(image: SkyImage): SmoothMap {
  const { side, pixels } = image;
  const nodesPerSide = Math.max(2, Math.ceil(side / STEP_PIX) + 1);
  const nodes = new Float64Array(nodesPerSide * nodesPerSide);
  const sample = new Float64Array((BOX_PIX / STRIDE_PIX + 1) ** 2);
  let overall = 0;
  let measured = 0;
  for (let j = 0; j < nodesPerSide; j++) {
    for (let i = 0; i < nodesPerSide; i++) {
      const lowX = Math.max(0, i * STEP_PIX - BOX_PIX / 2);
      const highX = Math.min(side, i * STEP_PIX + BOX_PIX / 2);
      const highY = Math.min(side, j * STEP_PIX + BOX_PIX / 2);
      let count = 0;
      for (let y = Math.max(0, j * STEP_PIX - BOX_PIX / 2); y < highY; y += STRIDE_PIX) {
        for (let x = lowX; x < highX; x += STRIDE_PIX) {
          const value = pixels[y * side + x]!;
          if (value === value) sample[count++] = value;
        }
      }
      const sigma = count < FEWEST_PIXELS ? Number.NaN : clippedSigma(sample, count);
      nodes[j * nodesPerSide + i] = sigma;
      if (sigma === sigma) {
        overall += sigma;
        measured++;
      }
    }
  }
  // Boxes without data touch covered pixels only through interpolation; any finite value near the others serves.
  const typical = measured > 0 ? overall / measured : 1;
  fillMissingInPlace(nodes, nodesPerSide, typical);
  return smoothMap(nodes, nodesPerSide, STEP_PIX);
}

function clippedSigma(sample: Float64Array, count: number): number {
  let [mean, sigma] = [0, Infinity];
  for (let round = 0; round < CLIP_ROUNDS; round++) {
    let [n, sum, sum2] = [0, 0, 0];
    const limit = CLIP_SIGMA * sigma;
    for (let i = 0; i < count; i++) {
      const value = sample[i]!;
      if (Math.abs(value - mean) > limit) continue;
      n++;
      sum += value;
      sum2 += value * value;
    }
    const newMean = sum / n;
    const newSigma = Math.sqrt(Math.max(0, sum2 / n - newMean * newMean));
    const settled = Math.abs(newSigma - sigma) < 1e-3 * newSigma;
    [mean, sigma] = [newMean, newSigma];
    if (settled) break;
  }
  return sigma / CLIPPED_SIGMA_RATIO;
}

function fillMissingInPlace(nodes: Float64Array, nodesPerSide: number, typical: number): void {
  const known = nodes.slice();
  for (let j = 0; j < nodesPerSide; j++) {
    for (let i = 0; i < nodesPerSide; i++) {
      const index = j * nodesPerSide + i;
      if (!Number.isNaN(known[index]!)) continue;
      let [sum, n] = [0, 0];
      for (let v = Math.max(0, j - 1); v <= Math.min(nodesPerSide - 1, j + 1); v++) {
        for (let u = Math.max(0, i - 1); u <= Math.min(nodesPerSide - 1, i + 1); u++) {
          const value = known[v * nodesPerSide + u]!;
          if (Number.isNaN(value)) continue;
          sum += value;
          n++;
        }
      }
      nodes[index] = n > 0 ? sum / n : typical;
    }
  }
}
