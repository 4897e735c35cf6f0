import { afterEach, expect, test } from 'vitest';
import { openProject } from '../../src/services/project-store/project-store.ts';
import { SMALL_FIELD_ROWS } from './small-field.ts';
import type { TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

let bench: TestEngine;
afterEach(async () => {
  await bench.close();
  expect(bench.bugs).toEqual([]);
});

test('a field of single HDUs (file.fits[0], table.fits[1]) opens, is kept with its selectors, and opens again from its project', async () => {
  bench = await startTestEngine();
  const client = await bench.connect();
  const mosaic = `${bench.files.mosaics[0]!}[0]`;
  const catalogue = `${bench.files.catalogue}[1]`;
  const first = await client.project.open({ mosaics: [mosaic], catalogue });
  await client.project.close();

  const store = openProject(first.path);
  const inputs = store.inputs();
  store.close();
  expect(inputs.map(({ path }) => path)).toEqual([mosaic, catalogue]);
  // Another HDU of the same file is another input: runs on the two are never taken for one.
  expect(inputs.map(({ fingerprint }) => fingerprint.slice(-3))).toEqual(['[0]', '[1]']);

  const again = await client.project.openFile({ path: first.path });
  expect(again.path).toBe(first.path);
  expect(again.catalogue.rowCount).toBe(SMALL_FIELD_ROWS);
  expect(again.notices.filter(({ message }) => message.includes('has changed'))).toEqual([]);
});

test('a selector does not lead out of the folders that a window may see', async () => {
  bench = await startTestEngine();
  const client = await bench.connect();
  const refused = client.project.open({ mosaics: [`${bench.folder}/secret.txt[1]`], catalogue: bench.files.catalogue });
  await expect(refused).rejects.toMatchObject({ code: 'REFUSED', data: { kind: 'path-not-allowed' } });
});
