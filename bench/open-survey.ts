import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { recipeOf } from '../src/core/network/presets.ts';
import { expandMosaics } from '../src/services/fits-files/expand-mosaics.ts';
import { sharedFileHandles } from '../src/services/fits-files/file-source.ts';
import type { Mosaic } from '../src/services/fits-files/mosaic.ts';
import { openMosaic } from '../src/services/fits-files/mosaic.ts';
import { assignMosaics } from '../src/services/inference/assign-mosaics.ts';
import { openField } from '../src/services/inference/open-field.ts';
import { mediansInTurns, timeOf } from './in-turns.ts';
import type { Benchmark, Measurement } from './measurement.ts';
import { startPythonPeer } from './python-peer.ts';

const ROUNDS = 5;
/** What opening 841 mosaics may add to the memory of the program [MB]. */
const MEMORY_LIMIT_MB = 300;

/** Opening the 841 mosaics of LoTSS DR2 (sparse, true headers): headers and WCS, then the whole field with 20,000 rows. */
export const openSurveyBenchmark: Benchmark = {
  summary: '841 mosaics: headers and WCS against astropy, memory, and the field with 20,000 rows assigned',
  async *measure() {
    const folder = await mkdtemp(join(tmpdir(), 'lobate-bench-'));
    try {
      const script = fileURLToPath(new URL('../scripts/make-survey.ts', import.meta.url));
      await promisify(execFile)(process.execPath, [script, folder]);
      yield* measureIn(folder);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function* measureIn(folder: string): AsyncGenerator<Measurement> {
  const mosaicFolder = join(folder, 'mosaics');
  const peer = await startPythonPeer('astropy_survey.py', [mosaicFolder], 'astropy', 'python3-astropy');
  const memoryBefore = process.memoryUsage().rss;
  let memoryMb = 0;
  const openAll = async (): Promise<number> => {
    const mosaics: Mosaic[] = [];
    const milliseconds = await timeOf(async () => {
      const handles = sharedFileHandles();
      for (const path of await expandMosaics([mosaicFolder])) mosaics.push(await openMosaic(path, handles));
    });
    memoryMb = Math.max(memoryMb, (process.memoryUsage().rss - memoryBefore) / 1e6);
    for (const mosaic of mosaics) await mosaic.close();
    return milliseconds;
  };
  const [ours, theirs] = await mediansInTurns([openAll, peer.run], { rounds: ROUNDS }).finally(peer.stop);
  yield { name: 'open-survey', ours, peer: theirs, peerName: peer.name, unit: 'ms' };
  yield { name: 'open-survey memory', ours: memoryMb, peer: MEMORY_LIMIT_MB, peerName: 'the limit', unit: 'MB' };

  const start = performance.now();
  const catalogue = join(folder, 'survey.srl.fits');
  const field = await openField(
    { mosaics: await expandMosaics([mosaicFolder]), catalogue },
    recipeOf('compact').features,
  );
  await assignMosaics(field.catalogue, field.mosaics);
  const milliseconds = performance.now() - start;
  await field.close();
  const name = 'open-survey field of 20,000 rows';
  yield { name, ours: milliseconds, peer: theirs, peerName: `${peer.name}, headers only`, unit: 'ms' };
}
