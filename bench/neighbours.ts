import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomStream } from '../src/core/random/philox.ts';
import { buildSkyIndex } from '../src/core/sky/sky-index.ts';
import { mediansInTurns, timeOf } from './in-turns.ts';
import type { Benchmark } from './measurement.ts';
import { startPythonPeer } from './python-peer.ts';

const ROWS = 325_694;
const NEIGHBOURS = 3;
const WARM_UP_ROUNDS = 1;
const ROUNDS = 7;

/** The three nearest neighbours of every source of LoTSS DR1's sky, against scipy; the neighbours must be the same. */
export const neighboursBenchmark: Benchmark = {
  summary: 'three nearest neighbours of 325,694 sources, tree and all, against scipy cKDTree; identical neighbours',
  async *measure() {
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    const positions = join(folder, 'positions');
    const answer = join(folder, 'neighbours');
    const { raDeg, decDeg } = field();
    await writeFile(positions, Buffer.concat([new Uint8Array(raDeg.buffer), new Uint8Array(decDeg.buffer)]));
    const peer = await startPythonPeer('scipy_neighbours.py', [positions, answer], 'scipy', 'python3-scipy');
    let found = new Int32Array(0);
    const search = (): void => void (found = nearestRows(raDeg, decDeg));
    try {
      const [ours, theirs] = await mediansInTurns([() => timeOf(search), peer.run], {
        rounds: ROUNDS,
        warmUpRounds: WARM_UP_ROUNDS,
      });
      await refuseOtherNeighbours(found, answer);
      yield { name: 'neighbours', ours, peer: theirs, peerName: peer.name, unit: 'ms' };
    } finally {
      peer.stop();
      await rm(folder, { recursive: true });
    }
  },
};

/** Positions over the 424 square degrees of DR1. */
function field(): { readonly raDeg: Float64Array; readonly decDeg: Float64Array } {
  const random = randomStream(1);
  const draw = (low: number, high: number): Float64Array =>
    Float64Array.from({ length: ROWS }, () => low + (high - low) * random.uniform());
  return { raDeg: draw(161, 231), decDeg: draw(45.5, 57) };
}

function nearestRows(raDeg: Float64Array, decDeg: Float64Array): Int32Array<ArrayBuffer> {
  const index = buildSkyIndex(raDeg, decDeg);
  const rows = new Int32Array(ROWS * NEIGHBOURS);
  for (let row = 0; row < ROWS; row++) rows.set(index.nearestOfRow(row, NEIGHBOURS).rows, row * NEIGHBOURS);
  return rows;
}

async function refuseOtherNeighbours(found: Int32Array, answer: string): Promise<void> {
  const bytes = await readFile(answer);
  const expected = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const other = found.findIndex((row, at) => row !== expected[at]);
  if (other !== -1 || found.length !== expected.length) {
    throw new Error(`neighbour ${other % NEIGHBOURS} of row ${Math.floor(other / NEIGHBOURS)} is not scipy's`);
  }
}
