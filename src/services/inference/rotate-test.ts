import type { Orientation } from '../../core/cutout/augment.ts';
import { EXACT_ORIENTATIONS, orientInto } from '../../core/cutout/augment.ts';
import { stretchWindow } from '../../core/cutout/make-cutout.ts';
import type { RotatedSource } from '../../core/evaluation/rotation-spread.ts';
import type { FeatureMoments } from '../../core/features/scaling.ts';
import { writeFeatures } from '../../core/network/network-input.ts';
import type { Recipe } from '../../core/network/recipe.ts';
import { randomStream } from '../../core/random/philox.ts';
import { DomainFailure } from '../../core/result/failure.ts';
import { assignMosaics } from './assign-mosaics.ts';
import type { FieldToClassify, ProbabilityPort } from './classify-field.ts';
import { readSourceWindow } from './source-window.ts';
import { inReadingOrder } from './reading-order.ts';
import { WindowReader } from './window-reader.ts';

export interface RotateTestOptions {
  readonly recipe: Recipe;
  readonly moments: FeatureMoments | undefined;
  /** Orientations at a random angle and mirroring beside the eight exact ones. */
  readonly angles: number;
  readonly seed: number;
  /** Rows to look at; those that no network sees (SISG, off the mosaics, without features or pixels) are left out. */
  readonly rows: readonly number[];
  readonly signal?: AbortSignal;
  readonly onRow?: (done: number, total: number) => void;
}

/** Pictures that go through the network at once: whole sources, at least one. */
const PICTURES_PER_BATCH = 48;

/**
 * P(MC) of sources in many orientations (Alegre et al. 2024, Appendix B): the picture as it is, the seven other exact
 * turns and mirrorings, and `angles` random ones, drawn from the seed and the row alone. Turned as in training: the
 * stretched 256-pixel window about its source pixel, then cropped; the features stay.
 * @throws DomainFailure 'cancelled' between sources when the signal is aborted
 */
export async function rotateTest(
  field: FieldToClassify,
  network: ProbabilityPort,
  options: RotateTestOptions,
): Promise<readonly RotatedSource[]> {
  const { catalogue, features, mosaics } = field;
  const { cutout: recipe } = options.recipe;
  const assignment = await assignMosaics(catalogue, mosaics);
  const order = options.rows
    .filter((row) => assignment.mosaic[row]! >= 0 && features.unusable[row] === '' && features.sisg[row] === 0)
    .sort(inReadingOrder(assignment));

  const imageSize = recipe.channels.length * recipe.sidePix ** 2;
  const perSource = EXACT_ORIENTATIONS.length + options.angles;
  const sourcesPerBatch = Math.max(1, Math.floor(PICTURES_PER_BATCH / perSource));
  const tested: RotatedSource[] = [];
  let pending: { readonly row: number; readonly images: Float32Array }[] = [];

  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const rowCount = pending.length * perSource;
    const images = new Float32Array(rowCount * imageSize);
    const featureCount = features.names.length;
    const featureValues = new Float32Array(rowCount * featureCount);
    pending.forEach(({ row, images: ofSource }, source) => {
      images.set(ofSource, source * perSource * imageSize);
      for (let k = 0; k < perSource; k++) {
        writeFeatures(features, row, options.moments, featureValues, (source * perSource + k) * featureCount);
      }
    });
    const probabilities = await network.probabilities({ rowCount, images, features: featureValues });
    pending.forEach(({ row }, source) => {
      const all = Float64Array.from(probabilities.subarray(source * perSource, (source + 1) * perSource));
      tested.push({
        row,
        exact: all.slice(0, EXACT_ORIENTATIONS.length),
        random: all.slice(EXACT_ORIENTATIONS.length),
      });
    });
    pending = [];
  };

  let reader: WindowReader | undefined;
  let readerMosaic = -1;
  for (const [done, row] of order.entries()) {
    if (options.signal?.aborted) throw new DomainFailure({ kind: 'cancelled' });
    const mosaic = assignment.mosaic[row]!;
    if (reader === undefined || readerMosaic !== mosaic) {
      reader = new WindowReader(mosaics[mosaic]!);
      readerMosaic = mosaic;
    }
    const { wcs } = mosaics[mosaic]!;
    const position = { x: assignment.x[row]!, y: assignment.y[row]! };
    const stretched = stretchWindow(await readSourceWindow(reader.read, wcs, position, recipe), recipe);
    if (stretched.blank !== 'no-valid-pixels') {
      const images = new Float32Array(perSource * imageSize);
      [...EXACT_ORIENTATIONS, ...randomOrientations(options.angles, options.seed, row)].forEach((orientation, k) =>
        orientInto(
          stretched.channels,
          recipe.channels.length,
          recipe.windowSidePix,
          recipe.sidePix,
          orientation,
          images,
          k * imageSize,
        ),
      );
      pending.push({ row, images });
    }
    if (pending.length === sourcesPerBatch) await flush();
    options.onRow?.(done + 1, order.length);
  }
  await flush();
  return tested.sort((a, b) => a.row - b.row);
}

/** Angles uniform over the circle, half of them mirrored: with a turn, one mirroring gives both flips of the paper. */
export function randomOrientations(count: number, seed: number, row: number): Orientation[] {
  const random = randomStream(seed, row);
  return Array.from({ length: count }, () => ({
    angleRad: 2 * Math.PI * random.uniform(),
    isMirrored: random.uniform() < 0.5,
  }));
}
