import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { paths } from '../../src/contract/paths.ts';
import { DATASET_CODES, DATASET_UNKNOWN } from '../../src/core/evaluation/data-subsets.ts';
import { SPLIT_FILE, splitText } from '../../src/services/model-store/training-split.ts';
import { fakeProbability } from './fake-worker.ts';
import { SMALL_FIELD_ROWS } from './small-field.ts';
import { blockOf, eventsOfRun, openClassified } from './engine-benches.ts';
import { listedModel } from './test-engine.ts';

test('one run alone has nothing to be compared with', async () => {
  const { client } = await openClassified();
  expect(await client.evaluation.comparableRuns()).toEqual([]);
});

test('of two finished runs each is compared with the other, whose probabilities come by its number', async () => {
  const { bench, client } = await openClassified();
  await eventsOfRun(client, () => client.run.start({ modelId: 'second' }));
  expect(await client.evaluation.comparableRuns()).toMatchObject([
    { key: '1', file: null, run: { id: 1, modelId: 'first', threshold: 0.5 } },
  ]);
  const other = await blockOf(bench, `${paths.predictions}?run=1`);
  expect([...other.arrays.get('probability')!]).toEqual(
    Array.from({ length: SMALL_FIELD_ROWS }, (_, row) => fakeProbability(row)),
  );
  const Cookie = await bench.signIn();
  // The run on screen is no other, and there is no third.
  for (const id of ['2', '3', 'x'])
    expect((await bench.get(`${paths.predictions}?run=${id}`, { Cookie })).status, id).toBe(404);
  await client.run.start({ modelId: 'first' });
  expect(await client.evaluation.comparableRuns()).toMatchObject([{ key: '2', run: { modelId: 'second' } }]);
});

test('a model that does not say what it learned from is answered for with 404, not with rows never seen', async () => {
  const { bench } = await openClassified();
  expect((await bench.get(paths.trainingSplit)).status).toBe(401);
  expect((await bench.get(paths.trainingSplit, { Cookie: await bench.signIn() })).status).toBe(404);
});

test('what the model of the run saw of each row is told by name and place; of a row elsewhere it knows nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lobate-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const models = [{ ...listedModel('first', 'a'), folder }, listedModel('second', 'b')];
  const { bench, client } = await openClassified({ fakes: { listModels: () => Promise.resolve(models) } });
  const { arrays, values } = await blockOf(bench, paths.sources);
  const [raDeg, decDeg] = [arrays.get('raDeg')!, arrays.get('decDeg')!];
  const name = (values['name'] as string[]).slice(0, 3);
  // The third goes by the same name, a tenth of a degree away.
  const rows = { name, raDeg: [raDeg[0]!, raDeg[1]!, raDeg[2]!], decDeg: [decDeg[0]!, decDeg[1]!, decDeg[2]! + 0.1] };
  writeFileSync(
    join(folder, SPLIT_FILE),
    splitText(rows, [DATASET_CODES.train, DATASET_CODES.test, DATASET_CODES.train]),
  );
  const split = await blockOf(bench, paths.trainingSplit);
  expect([...split.arrays.get('dataset')!]).toEqual([
    DATASET_CODES.train,
    DATASET_CODES.test,
    ...new Array<number>(SMALL_FIELD_ROWS - 2).fill(DATASET_UNKNOWN),
  ]);

  // A run of another model is told of by that model, which says nothing.
  await eventsOfRun(client, () => client.run.start({ modelId: 'second' }));
  expect((await bench.get(paths.trainingSplit, { Cookie: await bench.signIn() })).status).toBe(404);
});
