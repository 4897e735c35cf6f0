import { describe, expect, test } from 'vitest';
import { fakeProbability } from './fake-worker.ts';
import { SMALL_FIELD_ROWS } from './small-field.ts';
import { SMALL_FIELD_BATCHES } from './test-engine.ts';
import { eventsOfRun, refusalOf, requestOf, start } from './engine-benches.ts';

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
