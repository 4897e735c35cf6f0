import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toSourceCatalogue } from '../src/core/catalogue/read-catalogue.ts';
import { readTableApart } from '../src/services/table-files/read-table-apart.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { medianOf, MissingPeer } from './measurement.ts';
import { startPythonPeer } from './python-peer.ts';

/** LoTSS DR1 and DR2. */
const SIZES: readonly { readonly rows: number; readonly rounds: number }[] = [
  { rows: 325_694, rounds: 7 },
  { rows: 4_400_000, rounds: 3 },
];
const WARM_UP_ROUNDS = 1;

/** A FITS catalogue of 20 columns, read and understood, against astropy and STILTS reading it. */
export const catalogueLoadBenchmark: Benchmark = {
  summary:
    'a FITS catalogue of 325,694 and of 4,400,000 rows by 20 columns against astropy and STILTS; all from the disk cache',
  async measure() {
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    try {
      const measured: Measurement[] = [];
      for (const { rows, rounds } of SIZES) measured.push(...(await measureSize(folder, rows, rounds)));
      return measured;
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function measureSize(folder: string, rows: number, rounds: number): Promise<readonly Measurement[]> {
  const path = join(folder, `${rows}.fits`);
  const startAstropy = (way: 'native' | 'mapped') =>
    startPythonPeer('astropy_table.py', [path, String(rows), way], 'astropy', 'python3-astropy');
  // One after the other: the first makes the file.
  const peer = await startAstropy('native');
  const mapped = await startAstropy('mapped');
  const ours: number[] = [];
  const theirs: number[] = [];
  const byMapping: number[] = [];
  const byStilts: number[] = [];
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      const start = performance.now();
      const { rowCount } = toSourceCatalogue(await readTableApart(path), path);
      const milliseconds = performance.now() - start;
      if (rowCount !== rows) throw new Error(`read ${rowCount} rows of ${rows}`);
      const peerMilliseconds = await peer.run();
      const mappedMilliseconds = await mapped.run();
      const stiltsMilliseconds = await readByStilts(path);
      if (round < WARM_UP_ROUNDS) continue;
      ours.push(milliseconds);
      theirs.push(peerMilliseconds);
      byMapping.push(mappedMilliseconds);
      byStilts.push(stiltsMilliseconds);
    }
  } finally {
    peer.stop();
    mapped.stop();
  }
  const [our, their, least, stilts] = [ours, theirs, byMapping, byStilts].map(medianOf) as [
    number,
    number,
    number,
    number,
  ];
  const name = `catalogue-load ${rows} rows`;
  return [
    { name, ours: our, peer: their, peerName: peer.name, ratio: our / their, unit: 'ms' },
    { name, ours: our, peer: least, peerName: mapped.name, ratio: our / least, unit: 'ms' },
    { name, ours: our, peer: stilts, peerName: 'STILTS, with its start', ratio: our / stilts, unit: 'ms' },
  ];
}

/** STILTS maps a FITS file and reads what is asked for: its `cache` filter reads every cell. */
async function readByStilts(path: string): Promise<number> {
  const start = performance.now();
  await promisify(execFile)('stilts', ['tpipe', `in=${path}`, 'cmd=cache', 'omode=count']).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') throw new MissingPeer('STILTS', 'stilts');
    throw cause;
  });
  return performance.now() - start;
}
