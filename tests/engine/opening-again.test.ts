import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openProject } from '../../src/services/project-store/project-store.ts';
import { deferred } from './deferred.ts';
import type { FakeWorkers } from './fake-worker.ts';
import { fakeWorkers } from './fake-worker.ts';
import { SMALL_FIELD_ROWS } from './small-field.ts';
import { SMALL_FIELD_BATCHES } from './test-engine.ts';
import { eventsOfRun, refusalOf, requestOf, start, warningsOf } from './engine-benches.ts';

describe('opening again', () => {
  test('a complete run computes nothing, in the same engine or in the next', async () => {
    const workers = fakeWorkers({ batches: SMALL_FIELD_BATCHES });
    const bench = await start({ startWorker: workers.start });
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    expect(workers.jobs).toHaveLength(1);
    const again = await client.project.open(requestOf(bench));
    expect(again.run).toMatchObject({ id: 1, state: 'complete' });
    await bench.engine.close();

    const next = await start({ startWorker: workers.start, inFolder: bench.folder });
    const opened = await next.engine.openFile(again.path);
    expect(opened.run).toMatchObject({ id: 1, state: 'complete', rowsDone: SMALL_FIELD_ROWS });
    expect(workers.jobs).toHaveLength(1);
  });

  test('an interrupted run is taken up by itself at its next batch', async () => {
    const reached = deferred();
    const held: FakeWorkers = fakeWorkers({
      batches: SMALL_FIELD_BATCHES,
      holdBefore: { batch: 1, released: deferred().promise },
    });
    const bench = await start({ startWorker: held.start });
    const client = await bench.connect();
    const events = await client.app.events();
    const watching = (async () => {
      for await (const event of events)
        if (event.type === 'predictions') {
          reached.resolve(undefined);
          return;
        }
    })();
    const { path } = await client.project.open(requestOf(bench));
    await reached.promise;
    await watching;
    await bench.engine.close();

    const workers = fakeWorkers({ batches: SMALL_FIELD_BATCHES });
    const next = await start({ startWorker: workers.start, inFolder: bench.folder });
    const nextClient = await next.connect();
    await eventsOfRun(nextClient, () => next.engine.openFile(path));
    expect(workers.begun).toEqual([1]);
    expect((await nextClient.project.current())?.run).toMatchObject({ id: 1, state: 'complete' });
  });

  test('what another version left unfinished is begun again, since its batches may be others', async () => {
    const workers = fakeWorkers({
      batches: SMALL_FIELD_BATCHES,
      holdBefore: { batch: 1, released: deferred().promise },
    });
    const bench = await start({ startWorker: workers.start });
    const client = await bench.connect();
    const { path } = await client.project.open(requestOf(bench));
    await client.run.cancel();
    await bench.engine.close();

    const newer = fakeWorkers({ batches: SMALL_FIELD_BATCHES });
    const next = await start({ startWorker: newer.start, inFolder: bench.folder, softwareVersion: '0.0.1' });
    const nextClient = await next.connect();
    await next.engine.openFile(path);
    await eventsOfRun(nextClient, () => nextClient.run.resume());
    expect(newer.begun).toEqual([0, 1]);
    expect((await nextClient.project.current())?.run).toMatchObject({ id: 1, rowsDone: SMALL_FIELD_ROWS });
  });

  test('a cancelled run stays cancelled until it is resumed', async () => {
    const release = deferred();
    const workers = fakeWorkers({ batches: SMALL_FIELD_BATCHES, holdBefore: { batch: 1, released: release.promise } });
    const bench = await start({ startWorker: workers.start });
    const client = await bench.connect();
    await client.project.open(requestOf(bench));
    expect(await refusalOf(client.run.start({}))).toMatchObject({ kind: 'run-in-progress' });
    await client.run.cancel();
    expect((await client.project.open(requestOf(bench))).run).toMatchObject({ state: 'cancelled' });
    release.resolve(undefined);
    await eventsOfRun(client, () => client.run.resume());
    expect((await client.project.current())?.run).toMatchObject({
      id: 1,
      state: 'complete',
      rowsDone: SMALL_FIELD_ROWS,
    });
  });

  test('another model makes another run; the first one comes back without computing', async () => {
    const workers = fakeWorkers({ batches: SMALL_FIELD_BATCHES });
    const bench = await start({ startWorker: workers.start });
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    await eventsOfRun(client, () => client.run.start({ modelId: 'second' }));
    expect((await client.project.current())?.run).toMatchObject({ id: 2, modelId: 'second', state: 'complete' });
    expect(await client.run.start({ modelId: 'first' })).toMatchObject({ id: 1, state: 'complete' });
    expect(workers.jobs).toHaveLength(2);
    expect(await refusalOf(client.run.start({ modelId: 'third' }))).toMatchObject({ kind: 'model-not-found' });
  });

  test('the probabilities of a model that is gone stay, and a question to it says what to do', async () => {
    const workers = fakeWorkers({ batches: SMALL_FIELD_BATCHES });
    const bench = await start({ startWorker: workers.start });
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const { path } = (await client.project.current())!;
    await bench.engine.close();

    const fakes = { listModels: () => Promise.resolve([]) };
    const next = await start({ startWorker: workers.start, inFolder: bench.folder, fakes });
    const nextClient = await next.connect();
    expect((await next.engine.openFile(path)).run).toMatchObject({ id: 1, state: 'complete' });
    const refusal = await refusalOf(nextClient.explain.why({ row: 0 }));
    expect(refusal).toMatchObject({ kind: 'model-of-run-gone' });
    expect(refusal).toMatchObject({
      sentence: expect.stringMatching(/"first".*Install it again, or classify/) as unknown,
    });
  });

  test('with no model, the field is open all the same and says what is missing', async () => {
    const bench = await start({ fakes: { listModels: () => Promise.resolve([]) } });
    const project = await bench.engine.open(requestOf(bench));
    expect(project.run).toBeNull();
    expect(warningsOf(project)).toContainEqual(expect.stringContaining('No model is installed'));
  });

  test('an input that changed is said, and counts as another field', async () => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const { path } = (await client.project.current())!;
    await client.project.close();
    writeFileSync(bench.files.mosaics[0]!, Buffer.alloc(2880), { flag: 'a' });
    await eventsOfRun(client, () => client.project.openFile({ path }));
    const project = (await client.project.current())!;
    expect(project.run?.id).toBe(2);
    expect(warningsOf(project)).toContainEqual(expect.stringContaining('has changed'));
  });

  test('an input that is gone is named, and the field that was open stays', async () => {
    const bench = await start();
    const client = await bench.connect();
    await client.project.open(requestOf(bench));
    const { path } = (await client.project.current())!;
    await client.project.openDemo();
    const mosaic = bench.files.mosaics[0]!;
    renameSync(mosaic, `${mosaic}.away`);
    expect(await refusalOf(client.project.openFile({ path }))).toMatchObject({ kind: 'project-input-missing' });
    expect((await client.project.current())?.isDemo).toBe(true);
    renameSync(`${mosaic}.away`, mosaic);
  });

  test('files that are no field leave nothing behind', async () => {
    const bench = await start();
    const client = await bench.connect();
    const text = join(bench.folder, 'data', 'text.fits');
    writeFileSync(text, 'not a FITS file');
    const before = readdirSync(join(bench.folder, 'data'));
    const refused = await refusalOf(client.project.open({ mosaics: [text], catalogue: bench.files.catalogue }));
    expect(refused.sentence).toContain('text.fits');
    expect(readdirSync(join(bench.folder, 'data'))).toEqual(before);
    expect(await client.project.current()).toBeNull();
  });

  test('a project that another program has open is said to be in use', async () => {
    const bench = await start();
    const client = await bench.connect();
    const { path } = await client.project.open(requestOf(bench));
    await client.project.close();
    const other = openProject(path);
    expect(await refusalOf(client.project.openFile({ path }))).toMatchObject({ kind: 'project-in-use' });
    other.close();
  });
});
