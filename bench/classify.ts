import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fitsImageBytes, fitsTableBytes } from '../src/core/fits/write.ts';
import { inferenceModel } from '../src/core/network/inference-graph.ts';
import { initialParameters } from '../src/core/network/parameters.ts';
import { recipeForNetwork } from '../src/core/network/presets.ts';
import { joinChunks } from '../src/core/network/protobuf-writer.ts';
import { describeNetwork } from '../src/core/network/registry.ts';
import { randomStream } from '../src/core/random/philox.ts';
import type { ProbabilityPort } from '../src/services/inference/classify-field.ts';
import { classifyField } from '../src/services/inference/classify-field.ts';
import { networkSessionOf } from '../src/services/inference/onnx-session.ts';
import type { Field } from '../src/services/inference/open-field.ts';
import { openField } from '../src/services/inference/open-field.ts';
import type { Benchmark } from './measurement.ts';
import { medianOf } from './measurement.ts';

/** A LoTSS pointing: side of its mosaic [pixel], and the sources of one that go through the network. */
const SIDE = 9000;
const SOURCES = 1600;
const ROUNDS = 3;
const PIXEL_DEG = 1.5 / 3600;
const CENTRE = { raDeg: 180, decDeg: 50 };

/**
 * A field of real size through `compact`, reading and cutouts included: cutouts made in one thread per core beside the
 * network, against cutouts and network in turn; and the share of the time that the network has in the latter.
 */
export const classifyBenchmark: Benchmark = {
  summary: 'a mosaic of 9000 × 9000 pixels and 1,600 sources through compact: cutout threads against none',
  async *measure() {
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    try {
      const recipe = recipeForNetwork('compact');
      const field = await openField(await writeField(folder), recipe.features);
      const network = describeNetwork('compact');
      const session = await networkSessionOf(joinChunks(inferenceModel(network, initialParameters(network, 1))), {
        recipe,
        featureNames: field.features.names,
      });
      const cores = availableParallelism();
      const [threaded, inTurn, shares]: [number[], number[], number[]] = [[], [], []];
      try {
        for (let round = 0; round <= ROUNDS; round++) {
          const with_ = await timed(field, session, cores);
          const without = await timed(field, session, 0);
          // The first round warms the file's pages and the compiler.
          if (round === 0) continue;
          threaded.push(with_.milliseconds / SOURCES);
          inTurn.push(without.milliseconds / SOURCES);
          shares.push((100 * (without.milliseconds - without.networkMilliseconds)) / without.milliseconds);
        }
      } finally {
        await session.close();
        await field.close();
      }
      yield {
        name: `classify, ${cores} cores`,
        ours: medianOf(threaded),
        peer: medianOf(inTurn),
        peerName: 'no threads',
        unit: 'ms per source',
      };
      yield {
        name: 'share of reading and cutouts without threads',
        ours: medianOf(shares),
        peer: 100,
        peerName: 'all of it',
        unit: '% of the time',
      };
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function timed(field: Field, session: ProbabilityPort, cutoutThreads: number) {
  let networkMilliseconds = 0;
  const network: ProbabilityPort = {
    probabilities: async (input) => {
      const start = performance.now();
      const probabilities = await session.probabilities(input);
      networkMilliseconds += performance.now() - start;
      return probabilities;
    },
  };
  const start = performance.now();
  const options = { recipe: recipeForNetwork('compact'), moments: undefined, scoreSisg: true, cutoutThreads };
  for await (const { predictions } of classifyField(field, network, options)) {
    if (predictions.length === 0) throw new Error('an empty batch');
  }
  return { milliseconds: performance.now() - start, networkMilliseconds };
}

/** Noise, a bright pixel at each source, and a catalogue of them, spread evenly. */
async function writeField(folder: string) {
  const random = randomStream(1);
  const block = Float32Array.from({ length: 1 << 20 }, () => 7e-5 * random.normal());
  const pixels = new Float32Array(SIDE * SIDE);
  for (let at = 0; at < pixels.length; at += block.length) {
    pixels.set(block.subarray(0, Math.min(block.length, pixels.length - at)), at);
  }
  const x = Float64Array.from({ length: SOURCES }, () => 200 + (SIDE - 400) * random.uniform());
  const y = Float64Array.from({ length: SOURCES }, () => 200 + (SIDE - 400) * random.uniform());
  for (let row = 0; row < SOURCES; row++) pixels[Math.round(y[row]!) * SIDE + Math.round(x[row]!)] = 0.003;
  const numbers = { CRVAL1: CENTRE.raDeg, CRVAL2: CENTRE.decDeg, CRPIX1: SIDE / 2, CRPIX2: SIDE / 2 };
  const scale = { CDELT1: -PIXEL_DEG, CDELT2: PIXEL_DEG, BMAJ: 6 / 3600, BMIN: 6 / 3600 };
  const mosaic = join(folder, 'field-mosaic.fits');
  await writeFile(
    mosaic,
    fitsImageBytes({
      pixels,
      widthPix: SIDE,
      heightPix: SIDE,
      cards: [
        { keyword: 'CTYPE1', value: 'RA---SIN' },
        { keyword: 'CTYPE2', value: 'DEC--SIN' },
        { keyword: 'BUNIT', value: 'JY/BEAM' },
        ...Object.entries({ ...numbers, ...scale }).map(([keyword, value]) => ({ keyword, value })),
      ],
    }),
  );
  const column = (name: string, unit: string, value: (row: number) => number) => ({
    name,
    unit,
    repeat: 1,
    data: Float64Array.from({ length: SOURCES }, (_, row) => value(row)),
  });
  // Near enough to the tangent plane: a source need not lie on its bright pixel to be read and cut out.
  const cosine = Math.cos((CENTRE.decDeg * Math.PI) / 180);
  const catalogue = join(folder, 'field.srl.fits');
  await writeFile(
    catalogue,
    fitsTableBytes({
      rowCount: SOURCES,
      columns: [
        column('RA', 'deg', (row) => CENTRE.raDeg - ((x[row]! - SIDE / 2) * PIXEL_DEG) / cosine),
        column('DEC', 'deg', (row) => CENTRE.decDeg + (y[row]! - SIDE / 2) * PIXEL_DEG),
        column('Maj', 'arcsec', () => 20),
        column('Min', 'arcsec', () => 10),
        column('Total_flux', 'mJy', () => 3),
        column('Peak_flux', 'mJy/beam', () => 2),
      ],
    }),
  );
  return { mosaics: [mosaic], catalogue };
}
