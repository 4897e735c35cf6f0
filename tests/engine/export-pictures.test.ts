import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportRequest } from '../../src/contract/export.ts';
import { writeExport } from '../../src/engine/exports/write-export.ts';
import { openMosaic } from '../../src/services/fits-files/mosaic.ts';
import { readTableFile } from '../../src/services/table-files/read-table-file.ts';
import { rejectionOf } from '../expect-failure.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

let bench: TestEngine;
let client: Client;
beforeEach(async () => {
  bench = await startTestEngine();
  client = await bench.connect();
  await client.project.open({ mosaics: [...bench.files.mosaics], catalogue: bench.files.catalogue });
});
afterEach(() => bench.close());

const whole = { rows: 'all', threshold: 0.5, columnNames: 'lobate', ellipse: 'fwhm' } as const;
async function save(request: Pick<ExportRequest, 'format' | 'row'>): Promise<string> {
  const asked = { ...whole, ...request };
  const { folder, fileName } = await client.export.place(asked);
  return (await client.export.save({ request: asked, path: join(folder, fileName) })).path;
}

test('the cutout of a source is named after it, and its pixels lie where they lay', async () => {
  const path = await save({ format: 'cutout-fits', row: 4 });
  expect(path).toMatch(/ILTJ_small_4\.fits$/);
  const cutout = await openMosaic(path);
  const { raDeg, decDeg } = bench.engine.project!.field.field.catalogue;
  const { x, y } = cutout.wcs.skyToPixel({ ra: raDeg[4]!, dec: decDeg[4]! } as never)!;
  const pixels = await cutout.readPixels({ x: Math.round(x), y: Math.round(y), width: 1, height: 1 });
  expect(pixels[0]).toBeCloseTo(0.01, 6);
  await cutout.close();
});

test('the picture of a source is a PNG of what the model saw', async () => {
  const path = await save({ format: 'cutout-png', row: 4 });
  expect(readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
});

test('the coverage of the field is a MOC', async () => {
  const path = await save({ format: 'moc' });
  expect(path).toMatch(/small-coverage\.fits$/);
  const table = await readTableFile(path);
  expect(table.columns.map(({ name }) => name)).toEqual(['UNIQ']);
  expect(table.rowCount).toBeGreaterThan(0);
});

test.each([
  ['no source', undefined],
  ['a source that lies on no mosaic', 11],
  ['a source that there is not', 99],
])('a cutout of %s is refused', async (_, row) => {
  await expect(save({ format: 'cutout-fits', row })).rejects.toMatchObject({ code: 'REFUSED' });
});

test('between two pieces of a list the engine answers others', async () => {
  let answers = 0;
  const answersAt: number[] = [];
  const answer = (): void => {
    answers++;
    if (answersAt.length < 3) setImmediate(answer);
  };
  function* pieces(): Generator<string> {
    for (let piece = 0; piece < 3; piece++) {
      answersAt.push(answers);
      yield 'row\n';
    }
  }
  setImmediate(answer);
  const file = { fileName: 'a.csv', mediaType: 'text/csv', pieces, companion: undefined, catalogueRows: undefined };
  await writeExport(join(bench.folder, 'data', 'a.csv'), { ...file, rows: 3 }, () => undefined, undefined);
  expect(answersAt[0]).toBeLessThan(answersAt[1]!);
  expect(answersAt[1]).toBeLessThan(answersAt[2]!);
});

test('an export that is called off in the middle leaves nothing, not even its beginning', async () => {
  const stop = new AbortController();
  const told: number[] = [];
  const path = join(bench.folder, 'data', 'off.csv');
  function* pieces(onRows?: (rowsDone: number) => void): Generator<string> {
    for (const rowsDone of [1, 2, 3]) {
      yield `row ${rowsDone}\n`;
      onRows?.(rowsDone);
    }
  }
  const file = { fileName: 'off.csv', mediaType: 'text/csv', pieces, companion: undefined, catalogueRows: undefined };
  const onPart = (fraction: number): void => {
    told.push(fraction);
    stop.abort();
  };
  const written = writeExport(path, { ...file, rows: 3 }, onPart, stop.signal);
  expect(await rejectionOf(() => written)).toEqual({ kind: 'cancelled' });
  expect(told).toEqual([1 / 3]);
  expect(readdirSync(join(bench.folder, 'data')).filter((name) => name.includes('off.csv'))).toEqual([]);
});
