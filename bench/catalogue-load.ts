import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toSourceCatalogue } from '../src/core/catalogue/read-catalogue.ts';
import { readTableFile } from '../src/services/table-files/read-table-file.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { medianOf } from './measurement.ts';
import { startPythonPeer } from './python-peer.ts';

/** LoTSS DR1 and DR2. */
const SIZES: readonly { readonly rows: number; readonly rounds: number }[] = [
  { rows: 325_694, rounds: 7 },
  { rows: 4_400_000, rounds: 3 },
];
const WARM_UP_ROUNDS = 1;

/** A FITS catalogue of 20 columns, read and understood, against astropy reading it. */
export const catalogueLoadBenchmark: Benchmark = {
  summary: 'a FITS catalogue of 325,694 and of 4,400,000 rows by 20 columns against astropy; both from the disk cache',
  async measure() {
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    try {
      const measured: Measurement[] = [];
      for (const { rows, rounds } of SIZES) measured.push(await measureSize(folder, rows, rounds));
      return measured;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measureSize(folder: string, rows: number, rounds: number): Promise<Measurement> {
  const path = join(folder, `${rows}.fits`);
  const peer = await startPythonPeer('astropy_table.py', [path, String(rows)], 'astropy', 'python3-astropy');
  const ours: number[] = [];
  const theirs: number[] = [];
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      const start = performance.now();
      const { rowCount } = toSourceCatalogue(await readTableFile(path), path);
      const milliseconds = performance.now() - start;
      if (rowCount !== rows) throw new Error(`read ${rowCount} rows of ${rows}`);
      const peerMilliseconds = await peer.run();
      if (round < WARM_UP_ROUNDS) continue;
      ours.push(milliseconds);
      theirs.push(peerMilliseconds);
    }
  } finally {
    peer.stop();
  }
  const [our, their] = [medianOf(ours), medianOf(theirs)];
  const name = `catalogue-load ${rows} rows`;
  return { name, ours: our, peer: their, peerName: peer.name, ratio: our / their, unit: 'ms' };
}
