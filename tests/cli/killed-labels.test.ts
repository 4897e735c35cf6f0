import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LabelWord } from '../../src/core/labels/label-words.ts';
import type { ServedApp } from '../e2e/served-app.ts';
import { connectClient, serveApp } from '../e2e/served-app.ts';
import { SMALL_FIELD_ROWS, writeSmallField } from '../engine/small-field.ts';

/** Each costs a start of the engine; the measurement that the documents quote was made with 50. */
const KILLS = Number(env['LOBATE_LABEL_KILLS'] ?? 4);
const WORDS: readonly LabelWord[] = ['MC', 'S', 'blend', 'artefact', 'unsure'];

let folder: string;
let app: ServedApp | undefined;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lobate-killed-labels-')));
});
afterEach(async () => {
  await app?.kill();
  rmSync(folder, { recursive: true, force: true });
});

test(
  'a label survives kill -9 of the engine at the moment it is answered, however often that happens',
  async () => {
    const files = writeSmallField(folder);
    const project = join(folder, 'small.lobate');
    const said = new Map<number, LabelWord>();
    for (let kill = 0; kill < KILLS; kill++) {
      app = await serveApp(['--allow', folder], {
        LOBATE_CACHE: join(folder, 'cache'),
        LOBATE_DATA: join(folder, 'data'),
      });
      const client = await connectClient(app.tokenUrl);
      await client.project.open({ mosaics: [...files.mosaics], catalogue: files.catalogue, project });
      const { statements } = await client.labels.state({});
      expect(new Map(statements.map(({ row, word }) => [row, word]))).toEqual(said);

      const row = kill % SMALL_FIELD_ROWS;
      const word = WORDS[(kill + Math.floor(kill / SMALL_FIELD_ROWS)) % WORDS.length]!;
      const { defaultLabeller: labeller } = await client.labels.state({});
      await client.labels.give({ row, labeller, word, isProbabilityShown: false });
      app.process.kill('SIGKILL');
      said.set(row, word);
      await app.kill();
    }
    app = await serveApp(['--allow', folder, '--project', project], {
      LOBATE_CACHE: join(folder, 'cache'),
      LOBATE_DATA: join(folder, 'data'),
    });
    const client = await connectClient(app.tokenUrl);
    await client.project.openFile({ path: project });
    const { statements } = await client.labels.state({});
    expect(new Map(statements.map(({ row, word }) => [row, word]))).toEqual(said);
  },
  (KILLS + 1) * 30_000,
);
