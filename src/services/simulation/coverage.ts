import type { RandomStream } from '../../core/random/philox.ts';
import type { SmoothMap } from './smooth-map.ts';
import { smoothMap } from './smooth-map.ts';

/** Noise at the centre of a field [mJy/beam]. Tuned so that the median `Isl_rms` is DR1's 0.074. */
const CENTRAL_NOISE_MJY_PER_BEAM = 0.0595;
/** Relative rise of the noise from the centre to the edge. */
const EDGE_RISE = 0.75;
/** Relative amplitude of the uneven part of the noise. */
const UNEVENNESS = 0.07;
/** Exponent of the superellipse |x|^p + |y|^p = 1 that the footprint follows: between a circle (2) and a square. */
const FOOTPRINT_EXPONENT = 3.2;
const FOOTPRINT_FILL = 0.985;

const GRID_STEP_PIX = 64;

/** Where a field has data, and how noisy it is there. */
export interface Coverage {
  /** First and one past the last covered column of a row; equal where the row is empty. */
  spanOfRow(y: number): readonly [number, number];
  /** Standard deviation of the noise [mJy/beam]. */
  readonly noise: SmoothMap;
}

/** An irregular footprint (uneven by a few per cent, as pointings that were mosaicked) with noise rising to its edge. */
export function drawCoverage(side: number, random: RandomStream): Coverage {
  const half = side / 2;
  const phases = Array.from({ length: 6 }, () => 2 * Math.PI * random.uniform());
  const wobble = (angle: number): number =>
    1 - 0.012 * (1 + Math.sin(3 * angle + phases[0]!)) - 0.008 * (1 + Math.sin(7 * angle + phases[1]!));

  /** 1 on the edge of the footprint, 0 at the centre. */
  function radius(x: number, y: number): number {
    const u = (x - half) / half;
    const v = (y - half) / half;
    const reach = (Math.abs(u) ** FOOTPRINT_EXPONENT + Math.abs(v) ** FOOTPRINT_EXPONENT) ** (1 / FOOTPRINT_EXPONENT);
    return reach / (FOOTPRINT_FILL * wobble(Math.atan2(v, u)));
  }

  /** Steps from the middle column, one way, to the first one outside the footprint or the image. */
  function reachFromMiddle(y: number, middle: number, direction: 1 | -1): number {
    const limit = direction === 1 ? side - middle : middle + 1;
    let inside = 0;
    let outside = limit;
    // The footprint has no holes, so the edge is found by halving.
    while (outside - inside > 1) {
      const step = (inside + outside) >> 1;
      if (radius(middle + direction * step, y) < 1) inside = step;
      else outside = step;
    }
    return outside;
  }

  function spanOfRow(y: number): readonly [number, number] {
    const middle = Math.floor(half);
    if (radius(middle, y) >= 1) return [middle, middle];
    return [middle - reachFromMiddle(y, middle, -1) + 1, middle + reachFromMiddle(y, middle, 1)];
  }

  const nodesPerSide = Math.ceil(side / GRID_STEP_PIX) + 2;
  const nodes = new Float64Array(nodesPerSide * nodesPerSide);
  // Wavelengths of 20′–40′: the scale on which LOFAR's calibration directions differ.
  const wave = (x: number, y: number): number =>
    Math.sin(x / 260 + phases[2]!) * Math.sin(y / 310 + phases[3]!) +
    Math.sin((x + y) / 420 + phases[4]!) * Math.sin((x - y) / 510 + phases[5]!);
  for (let j = 0; j < nodesPerSide; j++) {
    for (let i = 0; i < nodesPerSide; i++) {
      const [x, y] = [i * GRID_STEP_PIX, j * GRID_STEP_PIX];
      const rise = 1 + EDGE_RISE * Math.min(radius(x, y), 1.2) ** 3;
      nodes[j * nodesPerSide + i] = CENTRAL_NOISE_MJY_PER_BEAM * rise * (1 + UNEVENNESS * wave(x, y));
    }
  }
  return { spanOfRow, noise: smoothMap(nodes, nodesPerSide, GRID_STEP_PIX) };
}
