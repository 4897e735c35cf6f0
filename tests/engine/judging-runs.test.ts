import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { unpackColumns } from '../../src/contract/packed-columns.ts';
import { paths } from '../../src/contract/paths.ts';
import { DATASET_CODES, DATASET_UNKNOWN } from '../../src/core/evaluation/data-subsets.ts';
import { SPLIT_FILE, splitText } from '../../src/services/model-store/training-split.ts';
import { fakeProbability } from './fake-worker.ts';
import { SMALL_FIELD_ROWS } from './small-field.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { listedModel, startTestEngine } from './test-engine.ts';

const benches: TestEngine[] = [];
async function start(folderOfFirst = '/models/first'): Promise<TestEngine> {
  const models = [{ ...listedModel('first', 'a'), folder: folderOfFirst }, listedModel('second', 'b')];
  const bench = await startTestEngine({ fakes: { listModels: () => Promise.resolve(models) } });
  benches.push(bench);
  return bench;
}
afterEach(async () => {
  for (const bench of benches.splice(0)) await bench.close();
});

/** Does it, and waits for the run that it starts. */
async function untilDone(client: Client, action: () => Promise<unknown>): Promise<void> {
  const events = await client.app.events();
  const acted = action();
  for await (const event of events) {
    if (event.type === 'run-progress' && !['running', 'queued'].includes(event.run.state)) break;
  }
  await acted;
}

const open = (bench: TestEngine, client: Client) => (): Promise<unknown> =>
  client.project.open({ mosaics: [...bench.files.mosaics], catalogue: bench.files.catalogue });

test('one run alone has nothing to be compared with', async () => {
  const bench = await start();
  const client = await bench.connect();
  await untilDone(client, open(bench, client));
  expect(await client.evaluation.comparableRuns()).toEqual([]);
});

test('of two finished runs each is compared with the other, whose probabilities come by its number', async () => {
  const bench = await start();
  const client = await bench.connect();
  await untilDone(client, open(bench, client));
  await untilDone(client, () => client.run.start({ modelId: 'second' }));
  expect(await client.evaluation.comparableRuns()).toMatchObject([{ id: 1, modelId: 'first', threshold: 0.5 }]);
  const Cookie = await bench.signIn();
  const { status, body } = await bench.get(`${paths.predictions}?run=1`, { Cookie });
  expect(status).toBe(200);
  expect([...unpackColumns(Uint8Array.from(body).buffer).arrays.get('probability')!]).toEqual(
    Array.from({ length: SMALL_FIELD_ROWS }, (_, row) => fakeProbability(row)),
  );
  // The run on screen is no other, and there is no third.
  for (const id of ['2', '3', 'x'])
    expect((await bench.get(`${paths.predictions}?run=${id}`, { Cookie })).status, id).toBe(404);
  await client.run.start({ modelId: 'first' });
  expect(await client.evaluation.comparableRuns()).toMatchObject([{ id: 2, modelId: 'second' }]);
});

test('a model that does not say what it learned from is answered for with 404, not with rows never seen', async () => {
  const bench = await start();
  const client = await bench.connect();
  await untilDone(client, open(bench, client));
  expect((await bench.get(paths.trainingSplit)).status).toBe(401);
  expect((await bench.get(paths.trainingSplit, { Cookie: await bench.signIn() })).status).toBe(404);
});

test('what the model of the run saw of each row is told by name and place; of a row elsewhere it knows nothing', async () => {
  const folder = join((await start()).folder, 'model');
  mkdirSync(folder);
  const bench = await start(folder);
  const client = await bench.connect();
  await untilDone(client, open(bench, client));
  const { arrays, values } = await columnsAt(bench, paths.sources);
  const [raDeg, decDeg] = [arrays.get('raDeg')!, arrays.get('decDeg')!];
  const name = (values['name'] as string[]).slice(0, 3);
  // The third goes by the same name, a tenth of a degree away.
  const rows = { name, raDeg: [raDeg[0]!, raDeg[1]!, raDeg[2]!], decDeg: [decDeg[0]!, decDeg[1]!, decDeg[2]! + 0.1] };
  writeFileSync(
    join(folder, SPLIT_FILE),
    splitText(rows, [DATASET_CODES.train, DATASET_CODES.test, DATASET_CODES.train]),
  );
  const split = await columnsAt(bench, paths.trainingSplit);
  expect([...split.arrays.get('dataset')!]).toEqual([
    DATASET_CODES.train,
    DATASET_CODES.test,
    ...new Array<number>(SMALL_FIELD_ROWS - 2).fill(DATASET_UNKNOWN),
  ]);

  // A run of another model is told of by that model, which says nothing.
  await untilDone(client, () => client.run.start({ modelId: 'second' }));
  expect((await bench.get(paths.trainingSplit, { Cookie: await bench.signIn() })).status).toBe(404);
});

async function columnsAt(bench: TestEngine, path: string): Promise<ReturnType<typeof unpackColumns>> {
  const { status, body } = await bench.get(path, { Cookie: await bench.signIn() });
  expect(status, body.toString().slice(0, 200)).toBe(200);
  return unpackColumns(Uint8Array.from(body).buffer);
}
