import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSmallField } from '../engine/small-field.ts';

const entry = resolve(import.meta.dirname, '../../src/cli/index.ts');
const AT_ONCE = 4;

let folder: string;
let field: readonly string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-many-'));
  mkdirSync(join(folder, 'data'));
  const { mosaics, catalogue } = writeSmallField(join(folder, 'data'));
  field = ['--mosaic', mosaics[0]!, '--catalogue', catalogue];
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly complaints: string;
}

/** A process of its own, as a batch system starts it; they share the cache, the models and the inputs. */
function classify(out: string): Promise<Ended> {
  return new Promise((resolveEnd) => {
    const child = spawn(execPath, [entry, 'classify', ...field, '--out', join(folder, out)], {
      env: { ...process.env, LOBATE_CACHE: join(folder, 'cache'), SOURCE_DATE_EPOCH: '1790000000' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaints = '';
    child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
    child.once('close', (code) => resolveEnd({ code, complaints }));
  });
}

test('many runs of `lobate classify` at once do not see each other: each writes the very bytes of one that ran alone', async () => {
  await classify('alone.fits');
  const alone = readFileSync(join(folder, 'alone.fits'));
  const names = Array.from({ length: AT_ONCE }, (_, index) => `${index}.fits`);
  // Half of them write the same file: the last one's is there, whole.
  const ended = await Promise.all([...names, ...names.map(() => 'same.fits')].map((name) => classify(name)));
  for (const { code, complaints } of ended) expect(code, complaints).toBe(0);
  for (const name of [...names, 'same.fits']) {
    expect(readFileSync(join(folder, name)).equals(alone), name).toBe(true);
  }
  expect(readdirSync(folder).sort()).toEqual([...names, 'alone.fits', 'data', 'same.fits'].sort());
}, 240_000);
