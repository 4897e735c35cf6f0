import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLISHED_CUTOUT } from '../src/core/cutout/cutout-recipe.ts';
import { makeCutout } from '../src/core/cutout/make-cutout.ts';
import { randomStream } from '../src/core/random/philox.ts';
import { mediansInTurns, timeOf } from './in-turns.ts';
import type { Benchmark } from './measurement.ts';
import { startPythonPeer } from './python-peer.ts';

const SIDE = 256;
const SOURCES = 100;
const WARM_UP_ROUNDS = 2;
const ROUNDS = 15;

/** From a window to three channels of the published recipe: this program against numpy, one core each, in turn. */
export const preprocessBenchmark: Benchmark = {
  summary: 'noise scale and three channels of a source (256 × 256 to 3 × 128 × 128) against numpy, one core',
  async *measure() {
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    try {
      const windows = drawWindows();
      const path = join(folder, 'windows.f32');
      await writeFile(path, Buffer.concat(windows.map(({ buffer }) => Buffer.from(buffer))));
      const peer = await startPythonPeer('numpy_preprocess.py', [path, String(SOURCES)], 'numpy', 'python3-numpy');
      const cutOut = (): void => windows.forEach((window) => makeCutout(window, PUBLISHED_CUTOUT));
      try {
        const [ours, theirs] = (
          await mediansInTurns([() => timeOf(cutOut), peer.run], { rounds: ROUNDS, warmUpRounds: WARM_UP_ROUNDS })
        ).map((milliseconds) => (1000 * milliseconds) / SOURCES) as [number, number];
        yield { name: 'preprocess', ours, peer: theirs, peerName: peer.name, unit: 'µs per source' };
      } finally {
        peer.stop();
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

/** Windows of noise with one source in the middle, in Jy/beam. */
function drawWindows(): Float32Array<ArrayBuffer>[] {
  const random = randomStream(1);
  return Array.from({ length: SOURCES }, () =>
    Float32Array.from({ length: SIDE * SIDE }, (_, i) => {
      const distanceSquared = ((i % SIDE) - SIDE / 2) ** 2 + (Math.floor(i / SIDE) - SIDE / 2) ** 2;
      return 7e-5 * random.normal() + 3e-3 * Math.exp(-distanceSquared / 50);
    }),
  );
}
