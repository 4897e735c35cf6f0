import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findColumn, numbersOf } from '../../src/core/table/table.ts';
import { splitText } from '../../src/services/model-store/training-split.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { listedModel, startTestEngine } from './test-engine.ts';

let bench: TestEngine;
let client: Client;
let models: { folder: string };

beforeEach(async () => {
  models = { folder: '/models/none' };
  const listModels = () => Promise.resolve([{ ...listedModel('first', 'a'), ...models }]);
  bench = await startTestEngine({ fakes: { listModels } });
  client = await bench.connect();
  const events = await client.app.events();
  const complete = (async () => {
    for await (const event of events) if (event.type === 'run-progress' && event.run.state === 'complete') return;
  })();
  await client.project.open({ mosaics: [...bench.files.mosaics], catalogue: bench.files.catalogue });
  await complete;
});
afterEach(() => bench.close());

/** Values of a column of the whole list under the paper's names; null where empty. */
async function exported(...names: readonly string[]): Promise<(number | null)[][]> {
  const request = { rows: 'all', threshold: 0.5, format: 'fits', columnNames: 'paper', ellipse: 'fwhm' } as const;
  const { path } = await client.export.save({ request, path: join(bench.folder, 'data', 'list.fits') });
  const table = await readTableFile(path);
  return names.map((name) => {
    const column = findColumn(table, name)!;
    return [...numbersOf(column)!].map((value) => (Number.isNaN(value) ? null : value));
  });
}

const empty = (count: number): null[] => new Array<null>(count).fill(null);

test('without labels and without a split, both columns are empty: nothing is guessed', async () => {
  expect(await exported('multi_component', 'mc_dl_dataset')).toEqual([empty(12), empty(12)]);
});

test('labels given by hand stand in the list before those of the file that the field is judged by', async () => {
  const labels = join(bench.folder, 'data', 'labels.csv');
  writeFileSync(labels, 'Source_Name,label\nILTJ small 0,MC\nILTJ small 1,S\nILTJ small 2,MC\n');
  await client.evaluation.loadReference({ path: labels });
  expect(await exported('multi_component')).toEqual([[1, 0, 1, ...empty(9)]]);

  const give = (row: number, word: 'MC' | 'S' | 'unsure') =>
    client.labels.give({ row, word, labeller: 'me', isProbabilityShown: true });
  await give(2, 'S');
  await give(3, 'MC');
  await give(1, 'unsure');
  expect(await exported('multi_component')).toEqual([[1, 0, 0, 1, ...empty(8)]]);
});

test('what the model was trained on is said of the rows that it saw', async () => {
  const { raDeg, decDeg, name } = bench.engine.project!.field.field.catalogue;
  models.folder = join(bench.folder, 'data');
  const trained = { name: name.slice(0, 4), raDeg: raDeg.slice(0, 4), decDeg: decDeg.slice(0, 4) };
  writeFileSync(join(models.folder, 'split.csv'), splitText(trained, [1, 3, 2, 0]));
  expect(await exported('mc_dl_dataset')).toEqual([[1, 3, 2, 0, ...empty(8)]]);
});
