import { setImmediate as nextTurn } from 'node:timers/promises';
import { EXACT_ORIENTATIONS, orientInto } from '../../core/cutout/augment.ts';
import type { StretchedWindow } from '../../core/cutout/make-cutout.ts';
import { standardise } from '../../core/features/scaling.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import type { ExplainedField } from './explained-field.ts';

/** One input of the network that differs from a source's own in the image, in the features, or in both. */
export interface InputVariant {
  /** Channels × side × side. */
  readonly image: Float32Array;
  /** Raw values in the recipe's order. */
  readonly features: Float64Array;
}

/** Rows through the network at once: what classification uses, and few enough that a cancel is soon heard. */
const ROWS_PER_BATCH = 32;

/**
 * P(MC) of each variant, in order. Between batches the thread takes its turn for messages.
 * @throws DomainFailure `cancelled` when the signal is aborted
 */
export async function probabilitiesOf(
  { session, model }: ExplainedField,
  variants: readonly InputVariant[],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { moments } = model.description;
  const probabilities = new Float64Array(variants.length);
  for (let start = 0; start < variants.length; start += ROWS_PER_BATCH) {
    await nextTurn();
    if (signal?.aborted === true) throw new DomainFailure({ kind: 'cancelled' });
    const batch = variants.slice(start, start + ROWS_PER_BATCH);
    const imageSize = batch[0]!.image.length;
    const featureCount = batch[0]!.features.length;
    const images = new Float32Array(batch.length * imageSize);
    const features = new Float32Array(batch.length * featureCount);
    batch.forEach((variant, index) => {
      images.set(variant.image, index * imageSize);
      const scaled = moments === undefined ? variant.features : standardise(variant.features, moments);
      features.set(scaled, index * featureCount);
    });
    probabilities.set(await session.probabilities({ rowCount: batch.length, images, features }), start);
  }
  return probabilities;
}

/** The raw features of a row, in the recipe's order. */
export function featuresOf({ field }: ExplainedField, row: number): Float64Array {
  const { names, values } = field.features;
  return values.slice(row * names.length, (row + 1) * names.length);
}

/** A stretched window as the network sees it: turned, then cropped; as it is where no orientation is given. */
export function imageOf(
  { recipe }: ExplainedField,
  { channels }: StretchedWindow,
  orientation = EXACT_ORIENTATIONS[0]!,
): Float32Array {
  const { channels: list, windowSidePix, sidePix } = recipe.cutout;
  const image = new Float32Array(list.length * sidePix ** 2);
  orientInto(channels, list.length, windowSidePix, sidePix, orientation, image, 0);
  return image;
}
