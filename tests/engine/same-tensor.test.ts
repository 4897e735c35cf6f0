import { createHash } from 'node:crypto';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpackColumns } from '../../src/contract/packed-columns.ts';
import { paths } from '../../src/contract/paths.ts';
import { toSourceCatalogue } from '../../src/core/catalogue/read-catalogue.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { lobate } from '../cli/lobate.ts';
import { writeSmallField } from './small-field.ts';
import type { TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

let bench: TestEngine;
let cookie: Record<string, string>;
const ROWS = [0, 4, 9];
/** What the command line says of each row. */
const saidByCommand = new Map<number, string>();

beforeAll(async () => {
  // The command runs before the engine: while this process waits for it, nobody would answer the engine's sockets.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lobate-tensor-')));
  const files = writeSmallField(folder);
  const catalogue = toSourceCatalogue(await readTableFile(files.catalogue), files.catalogue);
  for (const row of ROWS) {
    const position = ['--ra', String(catalogue.raDeg[row]), '--dec', String(catalogue.decDeg[row])];
    const out = ['--out', join(folder, `${row}.npy`), '--json'];
    const made = lobate('cutout', '--mosaic', files.mosaics[0]!, ...position, ...out);
    saidByCommand.set(row, (JSON.parse(made.stdout) as { sha256: string }).sha256);
  }
  rmSync(folder, { recursive: true, force: true });
  bench = await startTestEngine();
  const client = await bench.connect();
  await client.project.open({ mosaics: [...bench.files.mosaics], catalogue: bench.files.catalogue });
  cookie = { Cookie: await bench.signIn() };
  // Three processes start one after the other.
}, 120_000);
afterAll(() => bench.close());

test('a source has one tensor: the window, the downloaded file and the command line give the same SHA-256', async () => {
  for (const row of ROWS) {
    const shown = unpackColumns(new Uint8Array((await bench.get(`${paths.cutout}${row}`, cookie)).body).buffer);
    const file = (await bench.get(`${paths.cutout}${row}.npy`, cookie)).body;
    const sha256 = saidByCommand.get(row)!;
    expect(shown.values['sha256']).toBe(sha256);
    expect(
      createHash('sha256')
        .update(file.subarray(-3 * 128 * 128 * 4))
        .digest('hex'),
    ).toBe(sha256);
  }
});

test('a wider window holds the pixels of the cutout’s own in its middle, and a side that is none is refused', async () => {
  const blockOf = async (path: string) => unpackColumns(new Uint8Array((await bench.get(path, cookie)).body).buffer);
  const cutout = (await blockOf(`${paths.cutout}4`)).arrays.get('window') as Float32Array;
  const wide = (await blockOf(`${paths.window}4?side=512`)).arrays.get('window') as Float32Array;
  for (let y = 0; y < 256; y += 17) {
    expect([...wide.subarray((y + 128) * 512 + 128, (y + 128) * 512 + 384)]).toEqual([
      ...cutout.subarray(y * 256, (y + 1) * 256),
    ]);
  }
  for (const side of ['', '?side=0', '?side=129', '?side=4096', '?side=1e2x']) {
    expect((await bench.get(`${paths.window}4${side}`, cookie)).status).toBe(422);
  }
});
