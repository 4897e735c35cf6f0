import { setImmediate as pause } from 'node:timers/promises';
import { randomStream } from '../../core/random/philox.ts';
import { addArtefactsInPlace } from './artefacts.ts';
import type { CatalogueSource } from './catalogue-source.ts';
import type { Coverage } from './coverage.ts';
import { drawCoverage } from './coverage.ts';
import type { FieldPlan } from './field-plan.ts';
import { FIELD_STREAM } from './field-plan.ts';
import { findSources } from './find-sources.ts';
import type { OpticalMatch } from './likelihood-ratio.ts';
import { opticalMatcher } from './likelihood-ratio.ts';
import { correlatedNoiseRows } from './noise.ts';
import { backgroundGalaxies } from './optical-sky.ts';
import type { PhysicalSource } from './physical-source.ts';
import type { PopulationRecipe } from './population.ts';
import { DEFAULT_POPULATION, drawPopulation } from './population.ts';
import type { Progress } from './progress.ts';
import { partOf } from './progress.ts';
import type { SkyImage } from './render.ts';
import { addBlobInPlace } from './render.ts';
import type { RowTruth } from './truth.ts';
import { matchTruth } from './truth.ts';

/** A field of simulated sky: what is there, what the telescope shows of it, and what a source finder makes of that. */
export interface SimulatedField {
  readonly plan: FieldPlan;
  readonly image: SkyImage;
  readonly physical: readonly PhysicalSource[];
  readonly rows: readonly SimulatedRow[];
}

export interface SimulatedRow {
  readonly source: CatalogueSource;
  readonly match: OpticalMatch;
  /** One match per Gaussian of the source. */
  readonly gaussianMatches: readonly OpticalMatch[];
  readonly truth: RowTruth;
}

/** What may differ from a plain field. */
export interface SimulationOptions {
  readonly population?: PopulationRecipe;
  /** Sources put in beside the drawn ones; none of the drawn lies within `clearPix` of their host or first blob. */
  readonly extra?: readonly PhysicalSource[];
  readonly clearPix?: number;
}

/** Rows between pauses, so that a server answers while this runs. */
const ROWS_PER_PAUSE = 250;
const BLOBS_PER_PAUSE = 4000;

/** Simulates one field. The same plan and options give the same field, bit for bit. */
export async function simulateField(
  plan: FieldPlan,
  progress: Progress,
  options: SimulationOptions = {},
): Promise<SimulatedField> {
  const streamOf = (stream: number): ReturnType<typeof randomStream> =>
    randomStream(plan.seed, plan.firstStream + stream);
  progress(0, 'Drawing sources');
  const drawn = drawPopulation(plan.side, options.population ?? DEFAULT_POPULATION, streamOf(FIELD_STREAM.population));
  const extra = options.extra ?? [];
  const physical = [...drawn.filter((source) => isClearOf(source, extra, options.clearPix ?? 0)), ...extra];
  await pause();

  const image: SkyImage = { side: plan.side, pixels: new Float32Array(plan.side * plan.side) };
  await addSources(image, physical, partOf(progress, 0.02, 0.2));
  addArtefactsInPlace(image, physical, streamOf(FIELD_STREAM.artefacts));
  await pause();
  const coverage = drawCoverage(plan.side, streamOf(FIELD_STREAM.coverage));
  await addNoise(image, coverage, plan, partOf(progress, 0.2, 0.45));

  const sources = await findSources(image, partOf(progress, 0.45, 0.9));
  progress(0.9, 'Matching');
  await pause();
  const truths = matchTruth(sources, physical);
  await pause();
  const matchOf = opticalMatcher(physical, backgroundGalaxies(plan.seed, plan.firstStream + FIELD_STREAM.background));
  const rows = sources.map((source, i) => ({
    source,
    match: matchOf(source.measurement),
    gaussianMatches: source.gaussians.map(matchOf),
    truth: truths[i]!,
  }));
  progress(1, 'Done');
  return { plan, image, physical, rows };
}

function isClearOf(source: PhysicalSource, extra: readonly PhysicalSource[], clearPix: number): boolean {
  return extra.every((kept) =>
    kept.blobs.every((blob) =>
      source.blobs.every((other) => Math.hypot(blob.xPix - other.xPix, blob.yPix - other.yPix) > clearPix),
    ),
  );
}

async function addSources(image: SkyImage, physical: readonly PhysicalSource[], progress: Progress): Promise<void> {
  let done = 0;
  for (const [i, source] of physical.entries()) {
    for (const blob of source.blobs) {
      addBlobInPlace(image, blob);
      if (++done % BLOBS_PER_PAUSE === 0) {
        progress(i / physical.length, 'Drawing the sky');
        await pause();
      }
    }
  }
}

async function addNoise(image: SkyImage, coverage: Coverage, plan: FieldPlan, progress: Progress): Promise<void> {
  const { side, pixels } = image;
  const nextRow = correlatedNoiseRows(side, plan.seed, plan.firstStream + FIELD_STREAM.noise);
  const noise = new Float64Array(side);
  const sigma = new Float64Array(side);
  for (let y = 0; y < side; y++) {
    if (y % ROWS_PER_PAUSE === 0) {
      progress(y / side, 'Adding noise');
      await pause();
    }
    nextRow(noise);
    coverage.noise.rowInto(y, sigma);
    const [first, end] = coverage.spanOfRow(y);
    const start = y * side;
    pixels.fill(Number.NaN, start, start + first);
    pixels.fill(Number.NaN, start + end, start + side);
    for (let x = first; x < end; x++) pixels[start + x] = pixels[start + x]! + sigma[x]! * noise[x]!;
  }
}
