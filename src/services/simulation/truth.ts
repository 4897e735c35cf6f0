import type { CatalogueSource, Measurement } from './catalogue-source.ts';
import { determinant, sumOf } from './ellipse.ts';
import type { Blob, PhysicalSource } from './physical-source.ts';
import { pixelBuckets } from './pixel-buckets.ts';
import { BEAM_COVARIANCE } from './render.ts';

/** A measured Gaussian of which less than this share comes from real sources is an artefact (or noise). */
const SMALLEST_REAL_SHARE = 0.35;
/** A second physical source must make up this share of a row for an inspector to take the row apart. */
const SMALLEST_BLEND_SHARE = 0.2;
/** Blobs farther than this beyond a Gaussian's own extent add nothing to it [pixel]. */
const BLOB_REACH_PIX = 60;

/** What a catalogue row really is. */
export interface RowTruth {
  /** Index of the physical source that dominates the row's flux; undefined for an artefact. */
  readonly dominant: number | undefined;
  /** For a blend, the physical sources in it with the row's Gaussians that each dominates; else empty. */
  readonly blend: readonly BlendPart[];
}

export interface BlendPart {
  readonly physical: number;
  readonly gaussians: readonly Measurement[];
}

/** Integral of the product of two Gaussians, up to a constant: how much of `blob` a fit of this shape picks up. */
function overlap(gaussian: Measurement, blob: Blob): number {
  const shape = sumOf(gaussian.shape, sumOf(blob.shape, BEAM_COVARIANCE));
  const det = determinant(shape);
  const [dx, dy] = [gaussian.xPix - blob.xPix, gaussian.yPix - blob.yPix];
  const quadratic = (shape.yy * dx * dx - 2 * shape.xy * dx * dy + shape.xx * dy * dy) / det;
  return (blob.fluxMjy * Math.exp(-0.5 * quadratic)) / Math.sqrt(det);
}

/** The physical source behind every catalogue row, by which one makes up most of the row's flux. */
export function matchTruth(rows: readonly CatalogueSource[], sources: readonly PhysicalSource[]): RowTruth[] {
  const blobs: { readonly blob: Blob; readonly physical: number }[] = [];
  sources.forEach((source, physical) => {
    for (const blob of source.blobs) blobs.push({ blob, physical });
  });
  const near = pixelBuckets(
    blobs,
    ({ blob }) => blob.xPix,
    ({ blob }) => blob.yPix,
  );

  /** Share of a Gaussian's flux by physical source; they add up to less than 1 where real sources do not explain it. */
  function sharesOf(gaussian: Measurement): Map<number, number> {
    const weights = new Map<number, number>();
    let sum = 0;
    const reach = BLOB_REACH_PIX + 3 * Math.sqrt(Math.max(gaussian.shape.xx, gaussian.shape.yy));
    for (const { blob, physical } of near(gaussian.xPix, gaussian.yPix, reach)) {
      const weight = overlap(gaussian, blob);
      sum += weight;
      weights.set(physical, (weights.get(physical) ?? 0) + weight);
    }
    const own = gaussian.totalMjy / (2 * Math.sqrt(determinant(gaussian.shape)));
    const scale = 1 / Math.max(sum, own);
    for (const [physical, weight] of weights) weights.set(physical, weight * scale);
    return weights;
  }

  return rows.map((row) => {
    const fluxes = new Map<number, number>();
    const byDominant = new Map<number, Measurement[]>();
    let explained = 0;
    for (const gaussian of row.gaussians) {
      const shares = sharesOf(gaussian);
      for (const [physical, share] of shares) {
        fluxes.set(physical, (fluxes.get(physical) ?? 0) + share * gaussian.totalMjy);
        explained += share * gaussian.totalMjy;
      }
      const strongest = largestKey(shares);
      if (strongest === undefined) continue;
      byDominant.set(strongest, [...(byDominant.get(strongest) ?? []), gaussian]);
    }
    const totalMjy = row.gaussians.reduce((sum, gaussian) => sum + gaussian.totalMjy, 0);
    const dominant = largestKey(fluxes);
    if (dominant === undefined || explained < SMALLEST_REAL_SHARE * totalMjy) return { dominant: undefined, blend: [] };
    const parts = [...byDominant]
      .filter(([physical]) => (fluxes.get(physical) ?? 0) >= SMALLEST_BLEND_SHARE * totalMjy)
      .map(([physical, gaussians]) => ({ physical, gaussians }));
    return { dominant, blend: parts.length >= 2 ? parts : [] };
  });
}

function largestKey(values: ReadonlyMap<number, number>): number | undefined {
  let best: number | undefined;
  let largest = 0;
  for (const [key, value] of values) {
    if (value > largest) [best, largest] = [key, value];
  }
  return best;
}
