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
 * P(MC) of each variant, in order. Variants that share one image (the same array) cost little more than one of them.
 * Between batches the thread takes its turn for messages.
 * @throws DomainFailure `cancelled` when the signal is aborted
 */
export async function probabilitiesOf(
  { session, model }: ExplainedField,
  variants: readonly InputVariant[],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { moments } = model.description;
  const scaledFeatures = (places: readonly number[]): Float32Array => {
    const count = variants[places[0]!]!.features.length;
    const rows = new Float32Array(places.length * count);
    places.forEach((place, index) => {
      const { features } = variants[place]!;
      rows.set(moments === undefined ? features : standardise(features, moments), index * count);
    });
    return rows;
  };
  const ask = ({ image, places }: Batch): Promise<Float32Array> => {
    const features = scaledFeatures(places);
    if (image !== undefined) return session.withOneImage(image, features, places.length);
    const imageSize = variants[places[0]!]!.image.length;
    const images = new Float32Array(places.length * imageSize);
    places.forEach((place, index) => images.set(variants[place]!.image, index * imageSize));
    return session.probabilities({ rowCount: places.length, images, features });
  };

  const probabilities = new Float64Array(variants.length);
  for (const batch of batchesOf(variants)) {
    await nextTurn();
    if (signal?.aborted === true) throw new DomainFailure({ kind: 'cancelled' });
    const answers = await ask(batch);
    batch.places.forEach((place, index) => (probabilities[place] = answers[index]!));
  }
  return probabilities;
}

interface Batch {
  /** The image that they have in common. */
  readonly image?: Float32Array;
  /** Indices of the variants. */
  readonly places: readonly number[];
}

/** Variants of one image together, all others in batches of their own. */
function batchesOf(variants: readonly InputVariant[]): readonly Batch[] {
  const placesOf = new Map<Float32Array, number[]>();
  variants.forEach(({ image }, place) => {
    const places = placesOf.get(image);
    if (places === undefined) placesOf.set(image, [place]);
    else places.push(place);
  });
  const shared = [...placesOf].filter(([, places]) => places.length > 1);
  const alone = [...placesOf].flatMap(([, places]) => (places.length > 1 ? [] : places));
  return [
    ...shared.map(([image, places]) => ({ image, places })),
    ...Array.from({ length: Math.ceil(alone.length / ROWS_PER_BATCH) }, (_, batch) => ({
      places: alone.slice(batch * ROWS_PER_BATCH, (batch + 1) * ROWS_PER_BATCH),
    })),
  ];
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
