import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { joinSentence } from '../../../src/core/catalogue/join-report.ts';
import { DATASET_UNKNOWN } from '../../../src/core/evaluation/data-subsets.ts';
import { loadLabels } from '../../../src/services/catalogue-files/load-labels.ts';
import { labelsOfFile } from '../../../src/services/export/list-labels.ts';
import { labelsOf } from '../../../src/services/trainer/training-fields.ts';

const ARCSEC = 1 / 3600;
const name = ['A', 'B', 'C'];
const positions = { raDeg: Float64Array.of(10, 10.1, 10.2), decDeg: Float64Array.of(20, 20, 20) };
let folder: string;
let path: string;

/** A by its name, B under another one 0.05″ off, and something else 3″ from C. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lobate-labels-'));
  path = join(folder, 'components.csv');
  await writeFile(
    path,
    `Component_Name,Source_Name,RA,DEC,mc_dl_dataset
A,double,10,20,1
other1,double,10.1,${20 + 0.05 * ARCSEC},2
other2,lone,10.2,${20 + 3 * ARCSEC},3
`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

test('what was trained on is not said of a row 3″ away, nor of any row by position where none are known', async () => {
  expect([...(await loadLabels(path, name, positions)).dataset()!]).toEqual([1, 2, DATASET_UNKNOWN]);
  expect([...(await loadLabels(path, name, undefined)).dataset()!]).toEqual([1, DATASET_UNKNOWN, DATASET_UNKNOWN]);
});

test('the labels and the data set of an exported list are joined by name or position', async () => {
  const { labelClass, dataset, join: joined } = await labelsOfFile(path, undefined, { name, ...positions });
  expect(labelClass).toEqual(['MC', 'MC', 'artefact']);
  expect([...dataset!]).toEqual([1, 2, DATASET_UNKNOWN]);
  expect(joinSentence(joined!)).toBe(
    `labels: 2 of 3 rows of ${path} joined; sources: 1 by name, 0 by Source_id, 1 by position, 1 without`,
  );
});

test('a training learns from components of other names at the positions of its rows, and counts them', async () => {
  const { labelClass, join: joined } = await labelsOf({ kind: 'file', path }, name, positions);
  expect(labelClass).toEqual(['MC', 'MC', 'artefact']);
  expect(joined).toMatchObject({ sourcesByName: 1, sourcesByPosition: 1, sourcesWithout: 1 });
});
