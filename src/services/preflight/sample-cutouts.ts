import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import { makeCutout, validFractionOf } from '../../core/cutout/make-cutout.ts';
import type { Mosaic } from '../fits-files/mosaic.ts';
import type { MosaicAssignment } from '../inference/assign-mosaics.ts';
import { readSourceWindow } from '../inference/source-window.ts';

/** Rows looked at: enough to see a share of 1 % within a factor of two, few enough for some seconds. */
const SAMPLED_ROWS = 500;

const RANGES: readonly { readonly range: string; readonly holds: (fraction: number) => boolean }[] = [
  { range: '0', holds: (fraction) => fraction === 0 },
  { range: '0–0.25', holds: (fraction) => fraction > 0 && fraction <= 0.25 },
  { range: '0.25–0.5', holds: (fraction) => fraction > 0.25 && fraction <= 0.5 },
  { range: '0.5–0.75', holds: (fraction) => fraction > 0.5 && fraction <= 0.75 },
  { range: '0.75–1', holds: (fraction) => fraction > 0.75 && fraction < 1 },
  { range: '1', holds: (fraction) => fraction === 1 },
];

export interface SampledCutouts {
  readonly sampled: number;
  /** Rows by the share of finite pixels in their windows. */
  readonly validFraction: readonly { readonly range: string; readonly rows: number }[];
  /** What making one cutout takes on this machine, without reading it [s]. */
  readonly secondsPerCutout: number;
}

/** Windows of rows evenly spread over those that go through the network. */
export async function sampleCutouts(
  mosaics: readonly Mosaic[],
  assignment: MosaicAssignment,
  networkRows: Int32Array,
  recipe: CutoutRecipe,
): Promise<SampledCutouts> {
  const sampled = Math.min(SAMPLED_ROWS, networkRows.length);
  const rows = Array.from({ length: sampled }, (_, k) => networkRows[Math.floor((k * networkRows.length) / sampled)]!);
  // In the order of the files, so that each of many mosaics is opened once.
  rows.sort((a, b) => assignment.mosaic[a]! - assignment.mosaic[b]! || assignment.y[a]! - assignment.y[b]!);
  const fractions: number[] = [];
  let milliseconds = 0;
  for (const row of rows) {
    const place = { x: assignment.x[row]!, y: assignment.y[row]! };
    const mosaic = mosaics[assignment.mosaic[row]!]!;
    const window = await readSourceWindow((window) => mosaic.readPixels(window), mosaic.wcs, place, recipe);
    fractions.push(validFractionOf(window));
    const start = performance.now();
    makeCutout(window, recipe);
    milliseconds += performance.now() - start;
  }
  return {
    sampled,
    validFraction: RANGES.map(({ range, holds }) => ({ range, rows: fractions.filter(holds).length })),
    secondsPerCutout: sampled === 0 ? 0 : milliseconds / 1000 / sampled,
  };
}
