import { expect, test } from 'vitest';
import { paths } from '../../src/contract/paths.ts';
import type { EngineEvent } from '../../src/contract/schemas.ts';
import { openProject } from '../../src/services/project-store/project-store.ts';
import { openClassified, refusalOf } from './engine-benches.ts';
import type { TestEngine } from './test-engine.ts';

const sentenceOf = async (call: Promise<unknown>): Promise<string> => (await refusalOf(call)).sentence;

async function download(bench: TestEngine, path: string): Promise<string> {
  const { status, body } = await bench.get(path, { Cookie: await bench.signIn() });
  expect(status).toBe(200);
  return body.toString();
}

const shown = { labeller: 'ann', isProbabilityShown: true } as const;

test('a row that the catalogue does not have, or a file with a word that is no label, changes nothing', async () => {
  const { client } = await openClassified();
  expect(await sentenceOf(client.labels.give({ row: 12, word: 'MC', ...shown }))).toContain('rows 0 to 11');
  const bad = { fileName: 'l.csv', labeller: 'ann', as: 'label' } as const;
  const wrong = 'Source_Name,label\nILTJ small 0,MC\nILTJ small 1,galaxy\n';
  expect(await sentenceOf(client.labels.importCsv({ ...bad, csv: wrong }))).toContain('“galaxy” in row 2');
  const foreign = 'Source_Name,label\nILTJ elsewhere,MC\n';
  expect(await sentenceOf(client.labels.importCsv({ ...bad, csv: foreign }))).toContain('no source of the open');
  expect((await client.labels.state({ labeller: 'ann' })).statements).toEqual([]);
});

test('a label is kept with the model and P(MC) on the screen, and without them where they were hidden', async () => {
  const { client } = await openClassified();
  await client.labels.give({ row: 2, word: 'MC', ...shown });
  await client.labels.give({ row: 2, note: 'bent', ...shown, isProbabilityShown: false });
  const path = (await client.project.current())!.path;
  await client.project.close();
  const store = openProject(path);
  const [first, second] = store.labels();
  store.close();
  expect(first).toMatchObject({ row: 2, sourceName: 'ILTJ small 2', labeller: 'ann', word: 'MC' });
  expect(first?.shown).toMatchObject({ modelId: 'first', weightsSha256: 'a'.repeat(64) });
  expect(first?.shown?.probability).toBeGreaterThan(0);
  expect(second).toMatchObject({ word: 'MC', note: 'bent', shown: undefined });
});

test('undo adds a line that says what was said before; other windows hear of every act', async () => {
  const { bench, client } = await openClassified();
  const heard: EngineEvent[] = [];
  const events = await client.app.events();
  await client.labels.give({ row: 2, word: 'MC', ...shown });
  await client.labels.give({ row: 2, word: 'S', ...shown });
  expect(await client.labels.undo({ labeller: 'ann' })).toMatchObject({ row: 2, word: 'MC' });
  expect(await client.labels.undo({ labeller: 'ann' })).toMatchObject({ row: 2, word: null });
  expect(await client.labels.undo({ labeller: 'ann' })).toBeNull();
  for await (const event of events) {
    if (event.type === 'label') heard.push(event);
    if (heard.length === 4) break;
  }
  expect(heard.map((event) => event.type === 'label' && event.statement.word)).toEqual(['MC', 'S', 'MC', null]);
  const history = await download(bench, paths.exportLabelHistory);
  expect(history.trim().split('\n')).toHaveLength(5);
});

test('a blind labeller is not sent what others said; κ is computed where all of it is', async () => {
  const { client } = await openClassified();
  for (const row of [0, 1, 2, 3]) {
    await client.labels.give({ row, word: row < 2 ? 'MC' : 'S', ...shown });
    await client.labels.give({ row, word: row < 3 ? 'MC' : 'S', ...shown, labeller: 'bob' });
  }
  const blind = await client.labels.state({ labeller: 'bob', isBlind: true });
  expect(new Set(blind.statements.map(({ labeller }) => labeller))).toEqual(new Set(['bob']));
  expect((await client.labels.state({ labeller: 'bob' })).statements).toHaveLength(8);
  // 3 of 4 equal; chance 0.5: κ = 0.5.
  expect(await client.labels.agreement({ first: 'ann', second: 'bob' })).toMatchObject({
    rows: 4,
    same: 3,
    kappa: 0.5,
  });
});

test('the queue leaves out what is labelled, is SISG or has no picture, and hides gold rows among the rest', async () => {
  const { client } = await openClassified();
  const ask = { labeller: 'ann', order: 'score' } as const;
  const before = await client.labels.queue(ask);
  expect(before.rows.every((row) => row < 10)).toBe(true);
  const [first, second] = before.rows;
  await client.labels.give({ row: first!, word: 'S', ...shown });
  expect((await client.labels.queue(ask)).rows).toEqual(before.rows.slice(1));
  const csv = `Source_Name,label\nILTJ small ${second},MC\n`;
  await client.labels.importCsv({ csv, fileName: 'gold.csv', labeller: 'expert', as: 'gold' });
  const withGold = await client.labels.queue({ ...ask, includesGold: true });
  expect(withGold.rows.filter((row) => row === second)).toHaveLength(1);
  expect((await client.labels.state({ labeller: 'ann' })).statements.map(({ row }) => row)).toEqual([first]);
  await client.labels.give({ row: second!, word: 'S', ...shown });
  expect(await client.labels.gold({ labeller: 'ann' })).toEqual({ rows: 1, right: 0 });
  expect(await sentenceOf(client.labels.queue({ ...ask, order: 'disagreement' }))).toContain('run to compare');
});

test('a queue in the order of the table keeps that order and leaves out what has no picture', async () => {
  const { client } = await openClassified();
  const ask = { labeller: 'ann', order: 'selection', rows: [11, 3, 10, 0] } as const;
  expect((await client.labels.queue({ ...ask, rows: [...ask.rows] })).rows).toEqual([3, 0]);
});

test('an exported list, imported by another labeller, gives him the same labels', async () => {
  const { bench, client } = await openClassified();
  await client.labels.give({ row: 0, word: 'blend', ...shown });
  await client.labels.give({ row: 1, word: 'MC', note: 'a, "b"', ...shown });
  const csv = await download(bench, `${paths.exportLabels}?labeller=ann`);
  const result = await client.labels.importCsv({ csv, fileName: 'labels.csv', labeller: 'bob', as: 'label' });
  expect(result).toEqual({ rows: 2, absent: 0 });
  const { statements } = await client.labels.state({ labeller: 'bob', isBlind: true });
  expect(statements.map(({ row, word }) => [row, word])).toEqual([
    [0, 'blend'],
    [1, 'MC'],
  ]);
});
