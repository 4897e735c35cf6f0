import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../../src/core/table/table.ts';
import { readTableApart } from '../../../src/services/table-files/read-table-apart.ts';
import { readTableFile } from '../../../src/services/table-files/read-table-file.ts';
import { packTable, unpackTable } from '../../../src/services/table-files/table-parcel.ts';
import { rejectionOf } from '../../expect-failure.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url).pathname;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lobate-apart-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** As plain values, with the getters of texts asked. */
const plain = ({ columns, ...table }: Table) => ({
  ...table,
  columns: columns.map((column) => ({ ...column, storedTexts: undefined, data: [...column.data] })),
});

test('a file that is not there fails in a thread as it does without one', async () => {
  expect((await rejectionOf(() => readTableApart(join(folder, 'none.fits'), { threads: 2 }))).kind).toBe(
    'file-not-found',
  );
});

test('a text that is no table fails in a thread with its path and its reason', async () => {
  const path = join(folder, 'ragged.csv');
  await writeFile(path, 'a,b\n1,2\n3\n');
  expect((await rejectionOf(() => readTableApart(path, { threads: 1 }))).kind).toBe('file-unreadable');
});

test('a reading that is cancelled before it begins does not begin', async () => {
  expect(
    (
      await rejectionOf(() =>
        readTableApart(join(FIXTURES, 'columns.fits'), { threads: 1, signal: AbortSignal.abort() }),
      )
    ).kind,
  ).toBe('cancelled');
});

test.each([1, 2, 3, 7])('the columns of a FITS table come in their order from %i threads', async (threads) => {
  const path = join(FIXTURES, 'columns.fits');
  expect(plain(await readTableApart(path, { threads }))).toEqual(plain(await readTableFile(path)));
});

test.each(['tables/tabledata.vot', 'tables/table.ecsv', 'tables/table.tsv', 'tables/snappy.parquet'])(
  '%s is the same table from a thread, missing cells and units included',
  async (name) => {
    const path = join(FIXTURES, name);
    expect(plain(await readTableApart(path, { threads: 1 }))).toEqual(plain(await readTableFile(path)));
  },
);

test('a text of 4 MiB is read in a thread without being told to', async () => {
  const path = join(folder, 'long.csv');
  const rows = Array.from({ length: 250_000 }, (_, row) => `ILTJ${row},${row / 8}`);
  await writeFile(path, `Source_Name,RA\n${rows.join('\n')}\n`);
  const { columns } = await readTableApart(path);
  // Only what comes from a thread has its names as bytes.
  expect(columns[0]!.storedTexts).toBeDefined();
  expect([columns[0]!.data[249_999], columns[1]!.data[249_999]]).toEqual(['ILTJ249999', 249_999 / 8]);
});

test('any texts, numbers and missing cells survive the way between two threads', () => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', 'a ', '\0', 'é', 'λ'));
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.double(), fc.option(fc.boolean(), { nil: undefined }))), (rows) => {
      const table: Table = {
        rowCount: rows.length,
        columns: [
          { name: 'text', repeat: 1, data: rows.map(([value]) => value), isMissing: new Uint8Array(rows.length) },
          { name: 'number', repeat: 1, unit: 'mJy', data: Float64Array.from(rows, ([, value]) => value) },
          { name: 'flag', repeat: 1, data: rows.map(([, , value]) => value) },
        ],
      };
      const expected = structuredClone(plain(table));
      const { parcel, transfer } = packTable(table);
      expect(plain(unpackTable(structuredClone(parcel, { transfer: [...transfer] })))).toEqual(expected);
    }),
    { seed: 1 },
  );
});
