import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DATASET_UNKNOWN } from '../../../src/core/evaluation/data-subsets.ts';
import type { NamedRows } from '../../../src/services/model-store/training-split.ts';
import { SPLIT_FILE, splitText, trainingSplitOf } from '../../../src/services/model-store/training-split.ts';
import { rejectionOf } from '../../expect-failure.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-split-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const rows = (...entries: readonly (readonly [string, number, number])[]): NamedRows => ({
  name: entries.map(([name]) => name),
  raDeg: entries.map(([, ra]) => ra),
  decDeg: entries.map(([, , dec]) => dec),
});
const seenOf = (trained: NamedRows, codes: readonly number[], catalogue: NamedRows) => {
  writeFileSync(join(folder, SPLIT_FILE), splitText(trained, codes));
  return trainingSplitOf(folder, catalogue);
};

test('a model that keeps no split says nothing, and a broken one is refused', async () => {
  expect(await trainingSplitOf(join(folder, 'no-model'), rows(['a', 1, 2]))).toBeUndefined();
  writeFileSync(join(folder, SPLIT_FILE), 'name,code\na,1\n');
  expect(await rejectionOf(() => trainingSplitOf(folder, rows(['a', 1, 2])))).toMatchObject({
    kind: 'file-unreadable',
  });
});

test('every row finds what the training saw of it, whatever its name holds and in whatever order', async () => {
  const trained = rows(['ILTJ1', 359.99999, -1], ['a "b", c', 10, 20], ['never', 30, 40]);
  const catalogue = rows(['never', 30, 40], ['a "b", c', 10, 20], ['new', 50, 60], ['ILTJ1', 0.00001, -1]);
  expect([...(await seenOf(trained, [1, 3, 0], catalogue))!]).toEqual([0, 3, DATASET_UNKNOWN, 1]);
});

test('a source of the same name elsewhere on the sky is another source', async () => {
  const trained = rows(['12', 10, 20]);
  const [near, far] = [1.9 / 3600, 2.1 / 3600];
  const catalogue = rows(['12', 10, 20 + near], ['12', 10, 20 + far], ['12', Number.NaN, 20]);
  expect([...(await seenOf(trained, [1], catalogue))!]).toEqual([1, DATASET_UNKNOWN, DATASET_UNKNOWN]);
});

test('a row that two fields share counts as trained on if it was in either', async () => {
  const trained = rows(['a', 10, 20], ['a', 10, 20], ['b', 11, 20], ['b', 11, 20]);
  expect([...(await seenOf(trained, [2, 1, 0, 3], rows(['a', 10, 20], ['b', 11, 20])))!]).toEqual([1, 3]);
});
