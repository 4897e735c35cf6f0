import { patchGrid } from '../../core/network/patch-grid.ts';
import type { ExplainedField } from './explained-field.ts';
import { inTurn, piecesOf } from '../threads/in-turn.ts';
import type { InputVariant } from './input-variants.ts';
import { ROWS_PER_BATCH, scaledFeatures } from './input-variants.ts';

/** Patch that is covered and step between patches [pixel]: 29 × 29 patches of a 128-pixel image. */
export const OCCLUSION = { patchPix: 16, stridePix: 4 } as const;

/** P(MC) with one patch after the other covered. */
export interface Occlusion {
  /** Patches along a side of the image; `probabilities` has the square of it. */
  readonly along: number;
  /** Along the rows, the lowest row first. */
  readonly probabilities: Float64Array;
}

/**
 * P(MC) with one patch after the other set to 0 in all channels, which is what sky below the lowest cut looks like
 * (Zeiler & Fergus 2014).
 * @throws DomainFailure `cancelled` when the signal is aborted
 */
export async function occludedProbabilities(
  explained: ExplainedField,
  { image, features }: InputVariant,
  signal?: AbortSignal,
): Promise<Occlusion> {
  const grid = patchGrid(explained.recipe.cutout.sidePix, OCCLUSION.patchPix, OCCLUSION.stridePix);
  const probabilities = new Float64Array(grid.along ** 2);
  const ask = await explained.session.withCovered(image, scaledFeatures(explained, features), grid);
  for await (const patches of inTurn(piecesOf([...probabilities.keys()], ROWS_PER_BATCH), signal)) {
    probabilities.set(await ask(patches), patches[0]);
  }
  return { along: grid.along, probabilities };
}
