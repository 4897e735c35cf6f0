import { EXACT_ORIENTATIONS, orientInto } from '../../core/cutout/augment.ts';
import type { StretchedWindow } from '../../core/cutout/make-cutout.ts';
import { standardise } from '../../core/features/scaling.ts';
import type { ExplainedField } from './explained-field.ts';
import { inTurn, piecesOf } from '../threads/in-turn.ts';

/** One input of the network that differs from a source's own in the image, in the features, or in both. */
export interface InputVariant {
  /** Channels × side × side. */
  readonly image: Float32Array;
  /** Raw values in the recipe's order. */
  readonly features: Float64Array;
}

/** Rows through the network at once: what classification uses, and few enough that a cancel is soon heard. */
export const ROWS_PER_BATCH = 32;

/**
 * P(MC) of each variant, in order. Variants that share one image (the same array) cost little more than one of them.
 * Between batches the thread takes its turn for messages.
 * @throws DomainFailure `cancelled` when the signal is aborted
 */
export async function probabilitiesOf(
  explained: ExplainedField,
  variants: readonly InputVariant[],
  signal?: AbortSignal,
): Promise<Float64Array> {
  const { session } = explained;
  const ask = ({ image, places }: Batch): Promise<Float32Array> => {
    const count = variants[places[0]!]!.features.length;
    const features = new Float32Array(places.length * count);
    places.forEach((place, index) => features.set(scaledFeatures(explained, variants[place]!.features), index * count));
    if (image !== undefined) return session.withOneImage(image, features, places.length);
    const imageSize = variants[places[0]!]!.image.length;
    const images = new Float32Array(places.length * imageSize);
    places.forEach((place, index) => images.set(variants[place]!.image, index * imageSize));
    return session.probabilities({ rowCount: places.length, images, features });
  };

  const probabilities = new Float64Array(variants.length);
  for await (const batch of inTurn(batchesOf(variants), signal)) {
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
    ...piecesOf(alone, ROWS_PER_BATCH).map((places) => ({ places })),
  ];
}

/** Raw features as the network takes them. */
export function scaledFeatures({ model }: ExplainedField, features: Float64Array): Float32Array {
  const { moments } = model.description;
  return Float32Array.from(moments === undefined ? features : standardise(features, moments));
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
