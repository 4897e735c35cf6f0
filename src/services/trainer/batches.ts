import type { Orientation } from '../../core/cutout/augment.ts';
import { orientInto } from '../../core/cutout/augment.ts';
import type { CutoutRecipe } from '../../core/cutout/cutout-recipe.ts';
import { cropCentre } from '../../core/cutout/make-cutout.ts';
import { stretchInto } from '../../core/cutout/stretch.ts';
import type { FeatureMoments } from '../../core/features/scaling.ts';
import { scaled } from '../../core/features/scaling.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import type { LabelledRows } from './labelled-rows.ts';
import type { SkyPatch } from './sky-patches.ts';
import type { LabelledInput } from './training-session.ts';

/** One appearance of a row in an epoch. */
export interface Example {
  readonly row: number;
  /** How it is turned; undefined for the row as it is. */
  readonly orientation: Orientation | undefined;
  /** Every feature stands at its mean over the training rows. */
  readonly isWithoutFeatures?: boolean;
}

/** Makes network inputs from rows whose patches are in memory. */
export interface BatchMaker {
  batchOf(examples: readonly Example[]): Promise<LabelledInput>;
}

/** What batches are made from. Plain data: it is given to a thread. */
export interface BatchSource {
  /** Row-major, as they are in the recipe, unscaled. */
  readonly features: Float64Array;
  readonly featureCount: number;
  readonly isMc: Uint8Array;
  /** One per row that will be asked for. */
  readonly patches: ReadonlyMap<number, SkyPatch>;
  readonly cutout: CutoutRecipe;
  readonly moments: FeatureMoments | undefined;
  /** False for a network without image branch: `images` is empty then. */
  readonly needsImages: boolean;
}

export function batchSource(
  { features, featureNames, isMc }: Pick<LabelledRows, 'features' | 'featureNames' | 'isMc'>,
  patches: ReadonlyMap<number, SkyPatch>,
  { cutout }: Recipe,
  moments: FeatureMoments | undefined,
  needsImages: boolean,
): BatchSource {
  return { features, featureCount: featureNames.length, isMc, patches, cutout, moments, needsImages };
}

/** Makes batches in this thread, when they are asked for. */
export function createBatchMaker(source: BatchSource): BatchMaker {
  const { features: raw, featureCount, isMc: classOf, patches, cutout, moments, needsImages } = source;
  const imageSize = cutout.channels.length * cutout.sidePix * cutout.sidePix;
  return {
    // eslint-disable-next-line @typescript-eslint/require-await -- others make batches in a thread of their own
    async batchOf(examples) {
      const images = new Float32Array(needsImages ? examples.length * imageSize : 0);
      const features = new Float32Array(examples.length * featureCount);
      examples.forEach(({ row, orientation, isWithoutFeatures }, index) => {
        if (needsImages) writeImage(patches.get(row)!, orientation, cutout, images, index * imageSize);
        // They are standardised: 0, which is there already, is the mean.
        if (isWithoutFeatures) return;
        for (let j = 0; j < featureCount; j++) {
          features[index * featureCount + j] = scaled(raw[row * featureCount + j]!, moments, j);
        }
      });
      const isMc = Uint8Array.from(examples, ({ row }) => classOf[row]!);
      return { rowCount: examples.length, images, features, isMc };
    },
  };
}

function writeImage(
  patch: SkyPatch,
  orientation: Orientation | undefined,
  recipe: CutoutRecipe,
  target: Float32Array,
  offset: number,
): void {
  if (patch.isBlank) return;
  const { sidePix, channels } = recipe;
  if (orientation === undefined) {
    const pixels = patch.sidePix === sidePix ? patch.pixels : cropCentre(patch.pixels, patch.sidePix, sidePix);
    const plane = sidePix * sidePix;
    channels.forEach((channel, k) => stretchInto(pixels, patch.noise, channel, recipe, target, offset + k * plane));
    return;
  }
  const plane = patch.sidePix * patch.sidePix;
  const stretched = new Float32Array(channels.length * plane);
  channels.forEach((channel, k) => stretchInto(patch.pixels, patch.noise, channel, recipe, stretched, k * plane));
  orientInto(stretched, channels.length, patch.sidePix, sidePix, orientation, target, offset);
}
