import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toSourceCatalogue } from '../src/core/catalogue/read-catalogue.ts';
import { readTableApart } from '../src/services/table-files/read-table-apart.ts';
import { mediansInTurns, timeOf } from './in-turns.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { MissingPeer } from './measurement.ts';
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
  async *measure() {
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    try {
      for (const { rows, rounds } of SIZES) yield* await measureSize(folder, rows, rounds);
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
  const read = async (): Promise<void> => {
    const { rowCount } = toSourceCatalogue(await readTableApart(path), path);
    if (rowCount !== rows) throw new Error(`read ${rowCount} rows of ${rows}`);
  };
  const name = `catalogue-load ${rows} rows`;
  try {
    const [ours, native, least, stilts] = await mediansInTurns(
      [() => timeOf(read), peer.run, mapped.run, () => timeOf(() => readByStilts(path))],
      { rounds, warmUpRounds: WARM_UP_ROUNDS },
    );
    return [
      { name, ours, peer: native, peerName: peer.name, unit: 'ms' },
      { name, ours, peer: least, peerName: mapped.name, unit: 'ms' },
      { name, ours, peer: stilts, peerName: 'STILTS, with its start', unit: 'ms' },
    ];
  } finally {
    peer.stop();
    mapped.stop();
  }
}

/** STILTS maps a FITS file and reads what is asked for: its `cache` filter reads every cell. */
async function readByStilts(path: string): Promise<void> {
  await promisify(execFile)('stilts', ['tpipe', `in=${path}`, 'cmd=cache', 'omode=count']).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') throw new MissingPeer('STILTS', 'stilts');
    throw cause;
  });
}
