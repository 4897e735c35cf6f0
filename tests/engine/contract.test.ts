import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDefinedError, safe } from '@orpc/client';
import { afterEach, describe, expect, test } from 'vitest';
import { unpackColumns } from '../../src/contract/packed-columns.ts';
import { paths } from '../../src/contract/paths.ts';
import type { EngineEvent, ProjectSummary } from '../../src/contract/schemas.ts';
import { parseDs9Regions } from '../../src/core/regions/ds9-regions.ts';
import { findColumn, textsOf } from '../../src/core/table/table.ts';
import { openProject } from '../../src/services/project-store/project-store.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { deferred } from './deferred.ts';
import type { FakeWorkers } from './fake-worker.ts';
import { fakeProbability, fakeWorkers } from './fake-worker.ts';
import { SMALL_FIELD_ROWS } from './small-field.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { SMALL_FIELD_BATCHES, startTestEngine } from './test-engine.ts';

const benches: TestEngine[] = [];
async function start(options: Parameters<typeof startTestEngine>[0] = {}): Promise<TestEngine> {
  const bench = await startTestEngine(options);
  benches.push(bench);
  return bench;
}
afterEach(async () => {
  for (const bench of benches.splice(0).reverse()) {
    await bench.close();
    expect(bench.bugs).toEqual([]);
  }
});

async function refusalOf(call: Promise<unknown>): Promise<{ kind: string; sentence: string }> {
  const result = await safe(call as Promise<never>);
  const { error } = result;
  expect(error === null ? 'no error' : isDefinedError(error)).toBe(true);
  return (error as unknown as { data: { kind: string; sentence: string } }).data;
}

const warningsOf = ({ notices }: ProjectSummary): string[] =>
  notices.filter(({ level }) => level === 'warning').map(({ message }) => message);

const requestOf = (bench: TestEngine): Parameters<Client['project']['open']>[0] => ({
  mosaics: [...bench.files.mosaics],
  catalogue: bench.files.catalogue,
});

/** Resolves with the events until the run has ended. */
async function eventsOfRun(client: Client, action: () => Promise<unknown>): Promise<EngineEvent[]> {
  const seen: EngineEvent[] = [];
  const events = await client.app.events();
  const acted = action();
  for await (const event of events) {
    seen.push(event);
    if (event.type === 'run-progress' && !['running', 'queued'].includes(event.run.state)) break;
  }
  await acted;
  return seen;
}

async function blockOf(bench: TestEngine, path: string): Promise<ReturnType<typeof unpackColumns>> {
  const { status, body } = await bench.get(path, { Cookie: await bench.signIn() });
  expect(status, body.toString().slice(0, 200)).toBe(200);
  return unpackColumns(Uint8Array.from(body).buffer);
}

describe('over a real WebSocket', () => {
  test('a call without an open field is refused with a typed error and its sentence', async () => {
    const client = await (await start()).connect();
    expect(await client.project.current()).toBeNull();
    expect(await refusalOf(client.source.details({ row: 0 }))).toEqual({
      kind: 'project-none-open',
      sentence: 'No field is open. Open a mosaic and a catalogue first.',
    });
  });

  test('a malformed call does not reach a handler', async () => {
    const client = await (await start()).connect();
    await expect(client.source.details({ row: -1 })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(client.project.open({ mosaics: [], catalogue: 'c' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  test('opening a mosaic and a catalogue starts a run with the default model and tells each batch', async () => {
    const bench = await start();
    const client = await bench.connect();
    const events = await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const batches = events.filter((event) => event.type === 'predictions');
    expect(batches.flatMap(({ rows }) => rows)).toEqual(SMALL_FIELD_BATCHES.flat());
    expect(batches[1]?.probability).toEqual(SMALL_FIELD_BATCHES[1]?.map(fakeProbability));

    const project = await client.project.current();
    expect(project).toMatchObject({
      name: 'small',
      isDemo: false,
      catalogue: { rowCount: SMALL_FIELD_ROWS, onMosaicCount: 10, dialect: 'lotss' },
      run: { modelId: 'first', state: 'complete', rowsDone: SMALL_FIELD_ROWS, threshold: 0.5 },
    });
    expect(project?.mosaics[0]).toMatchObject({ name: 'small', widthPix: 300, projection: 'SIN' });
    expect(project?.path).toBe(bench.files.catalogue.replace('.fits', '.lobate'));
    expect(await client.project.recent()).toMatchObject([{ name: 'small', exists: true }]);
  });

  test('the preflight of the open field says what a run would meet', async () => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const report = await client.project.preflight({});
    expect(report).toMatchObject({
      rows: SMALL_FIELD_ROWS,
      cutouts: { onMosaic: 10, outside: 2 },
      unusable: [{ column: 'Total_flux', rows: 1 }],
      run: { modelId: 'first' },
    });
    await expect(client.project.preflight({ modelId: 'none' })).rejects.toMatchObject({ code: 'REFUSED' });
  });

  test('columns mapped at opening are a reading of their own: kept by the project, and another run', async () => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const mapped = { ...requestOf(bench), map: ['Maj=Min'] };
    const project = await client.project.open(mapped);
    expect((await client.source.details({ row: 4 })).majArcsec).toBe(6);
    expect(project.run?.id).toBe(2);
    await client.project.close({});
    await client.project.openFile({ path: project.path });
    expect((await client.source.details({ row: 4 })).majArcsec).toBe(6);
    await expect(client.project.open({ ...requestOf(bench), map: ['Maj=nothing'] })).rejects.toMatchObject({
      code: 'REFUSED',
    });
  });

  test('source details carry features, SISG rules and neighbours; a missing flux arrives as NaN, not as zero', async () => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const details = await client.source.details({ row: 4 });
    expect(details).toMatchObject({
      row: 4,
      name: 'ILTJ small 4',
      sCode: 'S',
      mosaicName: 'small',
      recipeName: 'compact',
    });
    expect(details.probability).toBe(fakeProbability(4));
    expect(details.features).toHaveLength(32);
    expect(details.sisgRules).toHaveLength(4);
    // Sources lie 22 pixels of 1.5″ apart in both directions.
    expect(details.neighbours[0]?.distanceArcsec).toBeCloseTo(22 * 1.5 * Math.SQRT2, 1);
    expect((await client.source.details({ row: 3 })).paDeg).toBeNull();
    expect((await client.source.details({ row: 7 })).totalFluxMjy).toBeNaN();
    expect(await refusalOf(client.source.details({ row: SMALL_FIELD_ROWS }))).toMatchObject({
      kind: 'argument-invalid',
    });
  });

  test('models are listed, the default one first', async () => {
    const client = await (await start()).connect();
    expect((await client.models.list()).map(({ id }) => id)).toEqual(['first', 'second']);
    expect(await client.app.about()).toMatchObject({ host: 'web', version: '0.0.0' });
  });

  test('the device is chosen among those the machine has, and what computed a run is told with it', async () => {
    const client = await (await start()).connect();
    expect(await client.device.report()).toEqual({ choice: 'auto', present: ['cpu'], verdicts: [] });
    expect(await refusalOf(client.device.choose({ choice: 'coreml' }))).toMatchObject({ kind: 'argument-invalid' });
    expect(await client.device.choose({ choice: 'cpu' })).toMatchObject({ choice: 'cpu' });
    const { run } = await client.project.openDemo();
    await expect
      .poll(async () => (await client.project.current())?.run?.devices)
      .toMatchObject([{ fromBatch: 0, provider: 'cpu', why: null }]);
    expect(run?.modelId).toBe('first');
  });

  test('the demo is a project of its own, marked as such', async () => {
    const bench = await start();
    const client = await bench.connect();
    expect(await client.project.openDemo()).toMatchObject({ isDemo: true, name: 'Demo field' });
    await client.project.close();
    expect(await client.project.current()).toBeNull();
  });
});

describe('doors', () => {
  test('carry the catalogue, the predictions and a cutout as columns', async () => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));

    const sources = await blockOf(bench, paths.sources);
    expect(sources.values['rowCount']).toBe(SMALL_FIELD_ROWS);
    expect(sources.arrays.get('raDeg')).toBeInstanceOf(Float64Array);
    expect([...sources.arrays.get('onMosaic')!]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]);

    const predictions = await blockOf(bench, paths.predictions);
    expect([...predictions.arrays.get('probability')!]).toEqual(
      Array.from({ length: SMALL_FIELD_ROWS }, (_, row) => fakeProbability(row)),
    );

    const cutout = await blockOf(bench, `${paths.cutout}4`);
    const channels = cutout.arrays.get('channels') as Float32Array;
    expect(channels).toHaveLength(3 * 128 * 128);
    expect(cutout.values['sha256']).toBe(
      createHash('sha256').update(new Uint8Array(channels.slice().buffer)).digest('hex'),
    );
    // The source is at index 128 of the window: 0.01 Jy/beam, shown as 10 mJy/beam.
    expect(cutout.arrays.get('window')![128 * 256 + 128]).toBeCloseTo(10, 4);

    const Cookie = await bench.signIn();
    const npy = await bench.get(`${paths.cutout}4.npy`, { Cookie });
    expect(npy.body.subarray(1, 6).toString()).toBe('NUMPY');
    expect(npy.body.subarray(-channels.byteLength).equals(Buffer.from(channels.slice().buffer))).toBe(true);
  });

  test.each([
    ['11', 404],
    ['12', 422],
    ['-1', 422],
    ['1e3', 422],
    ['4.npy.npy', 422],
    ['', 422],
  ])('cutout %j is answered %i', async (name, status) => {
    const bench = await start();
    await bench.engine.open(requestOf(bench));
    expect((await bench.get(paths.cutout + name, { Cookie: await bench.signIn() })).status).toBe(status);
  });

  const wanted = {
    rows: 'flagged',
    threshold: 0.65,
    format: 'csv',
    columnNames: 'lobate',
    ellipse: 'fwhm',
  } as const;
  const download = (request: unknown): string =>
    `${paths.exportFile}?request=${encodeURIComponent(JSON.stringify(request))}`;

  test('a download holds the flagged rows with every input column, under a name that says so', async () => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const answer = await bench.get(download(wanted), { Cookie: await bench.signIn() });
    expect(answer.headers['content-disposition']).toContain('small-flagged-0.65.csv');
    const [header, ...rows] = answer.body.toString().trimEnd().split('\n');
    expect(header).toContain('Source_Name,RA,DEC');
    expect(header).toContain('mc_probability,mc_prediction,mc_status,sisg,valid_fraction,mosaic');
    expect(rows.map((row) => row.split(',')[0])).toEqual([7, 8, 9].map((row) => `ILTJ small ${row}`));
  });

  test.each([
    ['no request', undefined],
    ['a threshold of 2', { ...wanted, threshold: 2 }],
    ['another format', { ...wanted, format: 'xlsx' }],
    ['rows that there are not', { ...wanted, rows: 'selection', selectedRows: '0-99' }],
    ['broken rows', { ...wanted, rows: 'selection', selectedRows: '../x' }],
  ])('a download with %s is refused', async (_, request) => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    expect((await bench.get(download(request), { Cookie: await bench.signIn() })).status).toBe(422);
  });

  test('a file is saved beside the project, of the rows that are asked for, and nowhere outside the fence', async () => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const request = { ...wanted, rows: 'selection', selectedRows: '1,3-4', format: 'fits' } as const;
    const { folder, fileName } = await client.export.place(request);
    expect(fileName).toBe('small-selection.fits');
    const { path, rows } = await client.export.save({ request, path: join(folder, fileName) });
    expect(rows).toBe(3);
    const table = await readTableFile(path);
    expect(textsOf(findColumn(table, 'Source_Name')!)).toEqual([1, 3, 4].map((row) => `ILTJ small ${row}`));
    await expect(client.export.save({ request, path: '/nowhere/x.fits' })).rejects.toMatchObject({ code: 'REFUSED' });
    await expect(client.export.save({ request, path: join(folder, 'x.csv') })).rejects.toMatchObject({
      data: { sentence: 'x.csv: the file must end in .fits.' },
    });
  });

  test('regions are of the flagged rows, with their probability and class', async () => {
    const bench = await start();
    const client = await bench.connect();
    await eventsOfRun(client, () => client.project.open(requestOf(bench)));
    const answer = await bench.get(download({ ...wanted, format: 'ds9' }), { Cookie: await bench.signIn() });
    const { regions } = parseDs9Regions(answer.body.toString(), 'x.reg');
    expect(regions.map(({ text }) => text)).toEqual(
      [7, 8, 9].map((row) => expect.stringMatching(new RegExp(`^ILTJ small ${row} P=0\\.`)) as string),
    );
    expect(regions[1]).toMatchObject({ tags: ['MC'], ellipse: { radiusAlongArcsec: 8, radiusAcrossArcsec: 3 } });
  });
});

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

describe('paths that a window gives', () => {
  test('outside the allowed folders are refused, through a link as well', async () => {
    const bench = await start();
    const client = await bench.connect();
    const outside = join(bench.folder, 'outside');
    mkdirSync(outside);
    symlinkSync(join(bench.folder, 'secret.txt'), join(bench.folder, 'data', 'link.fits'));
    const [mosaic] = bench.files.mosaics;
    const attempts = [
      { mosaics: ['/etc/hostname'], catalogue: bench.files.catalogue },
      { mosaics: [join(bench.folder, 'data', 'link.fits')], catalogue: bench.files.catalogue },
      { mosaics: [mosaic!], catalogue: bench.files.catalogue, project: join(outside, 'a.lobate') },
      { mosaics: [mosaic!], catalogue: bench.files.catalogue, gaussians: '../secret.txt' },
    ];
    for (const attempt of attempts) {
      expect(await refusalOf(client.project.open(attempt))).toMatchObject({ kind: 'path-not-allowed' });
    }
    expect(existsSync(join(outside, 'a.lobate'))).toBe(false);
    expect(await refusalOf(client.project.openFile({ path: join(outside, 'a.lobate') }))).toMatchObject({
      kind: 'path-not-allowed',
    });
    expect(await refusalOf(client.files.list({ path: bench.folder }))).toMatchObject({ kind: 'path-not-allowed' });
  });

  test('a dangling link is not a way to make a project elsewhere', async () => {
    const bench = await start();
    const client = await bench.connect();
    const project = join(bench.folder, 'data', 'new.lobate');
    symlinkSync(join(bench.folder, 'elsewhere.lobate'), project);
    await refusalOf(client.project.open({ ...requestOf(bench), project }));
    expect(existsSync(join(bench.folder, 'elsewhere.lobate'))).toBe(false);
  });

  test.skipIf(process.getuid?.() === 0)(
    'in a folder that cannot be written to get a project in the cache',
    async () => {
      const bench = await start();
      const data = join(bench.folder, 'data');
      chmodSync(data, 0o500);
      try {
        const { path } = await bench.engine.open(requestOf(bench));
        expect(path).toContain(join(bench.folder, 'cache', 'projects'));
      } finally {
        chmodSync(data, 0o700);
      }
    },
  );
});
