import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { paths } from '../../src/contract/paths.ts';
import { parseDs9Regions } from '../../src/core/regions/ds9-regions.ts';
import { findColumn, textsOf } from '../../src/core/table/table.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { fakeProbability } from './fake-worker.ts';
import { SMALL_FIELD_ROWS } from './small-field.ts';
import { blockOf, eventsOfRun, requestOf, start } from './engine-benches.ts';

describe('doors', () => {
  test('of the sky show a blank one while no field is open, and the others nothing', async () => {
    const bench = await start();
    const Cookie = await bench.signIn();
    const blank = await bench.get(`${paths.hips}blank/properties`, { Cookie });
    expect(blank.status).toBe(200);
    expect(blank.body.toString()).toContain('ivo://lobate/blank');
    expect((await bench.get(`${paths.hips}a-field/properties`, { Cookie })).status).toBe(404);
    expect((await bench.get(paths.sources, { Cookie })).status).toBe(404);
  });

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
