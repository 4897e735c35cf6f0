import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { paths } from '../../src/contract/paths.ts';
import { DATASET_CODES, DATASET_UNKNOWN } from '../../src/core/evaluation/data-subsets.ts';
import { SPLIT_FILE, splitText } from '../../src/services/model-store/training-split.ts';
import { openOrCreateProject, openProject } from '../../src/services/project-store/project-store.ts';
import { blockOf, eventsOfRun, openClassified, refusalOf, requestOf } from './engine-benches.ts';
import { fakeProbability } from './fake-worker.ts';
import { SMALL_FIELD_ROWS, writeSmallField } from './small-field.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { listedModel } from './test-engine.ts';

const ALL = Array.from({ length: SMALL_FIELD_ROWS }, (_, row) => fakeProbability(row));
const comparedWith = async (bench: TestEngine, key: string): Promise<readonly number[]> => [
  ...(await blockOf(bench, `${paths.predictions}?run=${key}`)).arrays.get('probability')!,
];
const hashOf = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');

/** A project of another catalogue file with the same sources, classified and closed; the small field is open again. */
async function withOtherProject(
  options: Parameters<typeof openClassified>[0] = {},
): Promise<{ bench: TestEngine; client: Client; other: string }> {
  const { bench, client } = await openClassified(options);
  const folder = join(bench.folder, 'data', 'second');
  mkdirSync(folder);
  const files = writeSmallField(folder, { majFactor: 1.5 });
  const { path } = await client.project.open({ mosaics: [...files.mosaics], catalogue: files.catalogue });
  await eventsOfRun(client, () => client.run.start({ modelId: 'second' }));
  await client.project.open(requestOf(bench));
  await expect.poll(async () => (await client.project.current())?.run?.state).toBe('complete');
  return { bench, client, other: path };
}

/** A list of scores for the first sources, under other names than theirs where `isRenamed`. */
async function listOf(bench: TestEngine, isRenamed: boolean, extra = ''): Promise<string> {
  const { arrays, values } = await blockOf(bench, paths.sources);
  const names = values['name'] as string[];
  const lines = [0, 1, 2].map((row) =>
    [
      isRenamed ? `X${row}` : names[row]!,
      arrays.get('raDeg')![row]!,
      arrays.get('decDeg')![row]!,
      0.1 * (row + 1),
      DATASET_CODES.train,
    ].join(','),
  );
  const path = join(bench.folder, 'data', `list${extra}.csv`);
  writeFileSync(path, ['Source_Name,RA,DEC,mc_probability,mc_dl_dataset', ...lines, ''].join('\n'));
  return path;
}

test('the open project is nothing to be compared with itself, and a file outside the folders is refused', async () => {
  const { client } = await openClassified();
  const { path } = (await client.project.current())!;
  expect((await refusalOf(client.evaluation.compareWithFile({ path }))).sentence).toContain('the project on screen');
  const outside = mkdtempSync(join(tmpdir(), 'lobate-outside-'));
  onTestFinished(() => rmSync(outside, { recursive: true }));
  const away = join(outside, 'list.csv');
  writeFileSync(away, 'Source_Name,mc_probability\nA,0.5\n');
  expect((await refusalOf(client.evaluation.compareWithFile({ path: away }))).kind).toBe('path-not-allowed');
  expect(await client.evaluation.comparableRuns()).toEqual([]);
});

test('a list of other sources, a file that is no project and a project without a run are refused by what they are', async () => {
  const { bench, client } = await openClassified();
  const at = (name: string): string => join(bench.folder, 'data', name);
  writeFileSync(at('strange.csv'), 'Source_Name,RA,DEC,mc_probability\nA,10,10,0.5\n');
  writeFileSync(at('broken.lobate'), 'this is no database at all, whatever its name says of it');
  const refused = async (name: string): Promise<string> =>
    (await refusalOf(client.evaluation.compareWithFile({ path: at(name) }))).sentence;
  expect(await refused('strange.csv')).toContain('none of its sources is in the open catalogue');
  expect(await refused('broken.lobate')).toContain('not a readable database');
  openOrCreateProject(at('empty.lobate'), { name: 'empty' }).close();
  expect(await refused('empty.lobate')).toContain('no finished run');
});

test('a run of another project is compared on the sources of both, and its file is neither changed nor locked', async () => {
  const { bench, client, other } = await withOtherProject();
  chmodSync(other, 0o444);
  const before = hashOf(other);
  const found = await client.evaluation.compareWithFile({ path: other });
  expect(found).toMatchObject([
    { key: 'file-2', run: { id: 2, modelId: 'second' } },
    { key: 'file-1', run: { id: 1, modelId: 'first' } },
  ]);
  expect(found[0]!.file).toMatchObject({ path: other, join: { sourcesByName: SMALL_FIELD_ROWS, sourcesWithout: 0 } });
  expect(await client.evaluation.comparableRuns()).toEqual(found);
  expect(await comparedWith(bench, 'file-2')).toEqual(ALL);
  expect(hashOf(other)).toBe(before);
  chmodSync(other, 0o644);
  openProject(other).close();
});

test('a project that another program has open is not read past its log', async () => {
  const { client, other } = await withOtherProject();
  const store = openProject(other);
  try {
    store.setViewState('x', 1);
    expect((await refusalOf(client.evaluation.compareWithFile({ path: other }))).kind).toBe('project-in-use');
  } finally {
    store.close();
  }
});

test('a catalogue that changed after the run is not taken for the one of the run', async () => {
  const { client, other } = await withOtherProject();
  writeSmallField(join(other, '..'), { majFactor: 2 });
  expect((await refusalOf(client.evaluation.compareWithFile({ path: other }))).sentence).toContain('has changed since');
});

test('scores of a list are found by name or by position, and say what their model was trained on', async () => {
  const { bench, client } = await openClassified();
  for (const isRenamed of [false, true]) {
    const path = await listOf(bench, isRenamed, String(isRenamed));
    const [list] = await client.evaluation.compareWithFile({ path });
    expect(list).toMatchObject({ key: 'file-list', run: null, isTrainingKnown: true });
    expect(list!.file!.join).toMatchObject({
      sourcesByName: isRenamed ? 0 : 3,
      sourcesByPosition: isRenamed ? 3 : 0,
      sourcesWithout: SMALL_FIELD_ROWS - 3,
    });
    const { arrays } = await blockOf(bench, `${paths.predictions}?run=file-list`);
    expect([...arrays.get('probability')!].slice(0, 4)).toEqual([0.1, 0.2, 0.1 * 3, Number.NaN]);
    expect([...arrays.get('dataset')!].slice(0, 4)).toEqual([1, 1, 1, DATASET_UNKNOWN]);
  }
  await client.evaluation.forgetComparedFile();
  expect(await client.evaluation.comparableRuns()).toEqual([]);
});

test('the record of the other run’s own model says what it learned from, where that model is installed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lobate-model-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const models = [listedModel('first', 'a'), { ...listedModel('second', 'b'), folder }];
  const { bench, client, other } = await withOtherProject({ fakes: { listModels: () => Promise.resolve(models) } });
  const { arrays, values } = await blockOf(bench, paths.sources);
  const row = 4;
  const named = {
    name: [(values['name'] as string[])[row]!],
    raDeg: [arrays.get('raDeg')![row]!],
    decDeg: [arrays.get('decDeg')![row]!],
  };
  writeFileSync(join(folder, SPLIT_FILE), splitText(named, [DATASET_CODES.train]));
  expect(await client.evaluation.compareWithFile({ path: other })).toMatchObject([
    { key: 'file-2', isTrainingKnown: true },
    { key: 'file-1', isTrainingKnown: false },
  ]);
  const dataset = (await blockOf(bench, `${paths.predictions}?run=file-2`)).arrays.get('dataset')!;
  expect([...dataset.keys()].filter((at) => dataset[at] === DATASET_CODES.train)).toEqual([row]);
  expect((await blockOf(bench, `${paths.predictions}?run=file-1`)).arrays.has('dataset')).toBe(false);
});

test('the compared file is there again when the project is opened again, and forgotten when it is gone', async () => {
  const { bench, client } = await openClassified();
  const path = await listOf(bench, false);
  await client.evaluation.compareWithFile({ path });
  await client.project.open(requestOf(bench));
  await expect.poll(() => client.evaluation.comparableRuns()).toMatchObject([{ key: 'file-list' }]);
  rmSync(path);
  await client.project.open(requestOf(bench));
  await expect.poll(async () => (await client.project.current())?.run?.state).toBe('complete');
  expect(await client.evaluation.comparableRuns()).toEqual([]);
});
