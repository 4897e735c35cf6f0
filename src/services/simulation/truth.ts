import { BEAM_VARIANCE_PIX2 } from './beam.ts';
import type { CatalogueSource, Measurement } from './catalogue-source.ts';
import { determinant, sumOf } from './ellipse.ts';
import type { Blob, PhysicalSource } from './physical-source.ts';
import { pixelBuckets } from './pixel-buckets.ts';

/** A measured Gaussian of which less than this share comes from real sources is an artefact (or noise). */
const SMALLEST_REAL_SHARE = 0.35;
/** A second physical source must make up this share of a row for an inspector to take the row apart. */
const SMALLEST_BLEND_SHARE = 0.2;
/** Gaussians centred farther than this from a blob hold nothing of it [pixel]. */
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

/** A fitted Gaussian must be at least this bright at a blob, in units of its noise, to hold any of the blob's flux. */
const FAINTEST_CLAIM_SIGMA = 0.7;

/**
 * How much of a blob's light a fitted Gaussian stands for, up to a common factor: its brightness where the blob is,
 * smeared by the blob's own size.
 */
function claim(gaussian: Measurement, blob: Blob): number {
  const shape = sumOf(gaussian.shape, blob.shape);
  const det = determinant(shape);
  const [dx, dy] = [gaussian.xPix - blob.xPix, gaussian.yPix - blob.yPix];
  const quadratic = (shape.yy * dx * dx - 2 * shape.xy * dx * dy + shape.xx * dy * dy) / det;
  return ((gaussian.totalMjy * BEAM_VARIANCE_PIX2) / Math.sqrt(det)) * Math.exp(-0.5 * quadratic);
}

/**
 * The flux that each fitted Gaussian holds of each physical source [mJy]: a blob is shared out among the Gaussians by how
 * bright they are where it is, so a faint source beside a bright one is not taken for its wing.
 */
function sharedOut(
  gaussians: readonly Measurement[],
  sources: readonly PhysicalSource[],
): ReadonlyMap<Measurement, ReadonlyMap<number, number>> {
  const near = pixelBuckets(
    gaussians,
    ({ xPix }) => xPix,
    ({ yPix }) => yPix,
  );
  const held = new Map<Measurement, Map<number, number>>(gaussians.map((gaussian) => [gaussian, new Map()]));
  sources.forEach((source, physical) => {
    for (const blob of source.blobs) {
      const claims = near(blob.xPix, blob.yPix, BLOB_REACH_PIX)
        .map((gaussian) => ({ gaussian, weight: claim(gaussian, blob) }))
        .filter(({ gaussian, weight }) => weight > FAINTEST_CLAIM_SIGMA * gaussian.rmsMjyPerBeam);
      const sum = claims.reduce((total, { weight }) => total + weight, 0);
      for (const { gaussian, weight } of claims) {
        const fluxes = held.get(gaussian)!;
        fluxes.set(physical, (fluxes.get(physical) ?? 0) + (blob.fluxMjy * weight) / sum);
      }
    }
  });
  return held;
}

/** The physical source behind every catalogue row, by which one makes up most of the row's flux. */
export function matchTruth(rows: readonly CatalogueSource[], sources: readonly PhysicalSource[]): RowTruth[] {
  const held = sharedOut(
    rows.flatMap((row) => row.gaussians),
    sources,
  );
  return rows.map((row) => {
    const fluxes = new Map<number, number>();
    const byDominant = new Map<number, Measurement[]>();
    let explained = 0;
    for (const gaussian of row.gaussians) {
      const parts = held.get(gaussian)!;
      for (const [physical, fluxMjy] of parts) {
        fluxes.set(physical, (fluxes.get(physical) ?? 0) + fluxMjy);
        explained += fluxMjy;
      }
      const strongest = largestKey(parts);
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
