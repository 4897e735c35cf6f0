import { beforeEach, expect, test } from 'vitest';
import type { RowStatementMessage } from '../../../src/contract/labels.ts';
import { shownLabel, useLabels, wordCounts } from '../../../src/renderer/state/labels.ts';

const said = (row: number, labeller: string, word: RowStatementMessage['word']): RowStatementMessage => ({
  row,
  labeller,
  word,
  note: '',
  isStarred: false,
});

beforeEach(() => {
  useLabels.getState().clear();
  useLabels.getState().set({ chosenLabeller: 'ann', isBlind: false });
});

test("while one labels blind, another's label that arrives is not taken in", () => {
  useLabels.getState().set({ isBlind: true });
  useLabels.getState().apply(said(3, 'bob', 'MC'));
  useLabels.getState().apply(said(3, 'ann', 'S'));
  expect(useLabels.getState().said.get(3)).toEqual([said(3, 'ann', 'S')]);
});

test('one’s own label is shown before another’s, and one taken back shows the other’s again', () => {
  const of = (...statements: RowStatementMessage[]) => shownLabel(statements, 'ann');
  expect(of(said(1, 'bob', 'MC'), said(1, 'ann', 'S'))).toEqual({ word: 'S', isOwn: true });
  expect(of(said(1, 'bob', 'MC'), said(1, 'ann', null))).toEqual({ word: 'MC', isOwn: false });
  expect(of(said(1, 'ann', null))).toBeUndefined();
});

test('counts are of the labeller alone and leave out what was taken back', () => {
  const { apply } = useLabels.getState();
  for (const statement of [said(1, 'ann', 'MC'), said(2, 'ann', 'MC'), said(3, 'bob', 'MC')]) apply(statement);
  apply(said(2, 'ann', null));
  expect([...wordCounts(useLabels.getState().said, 'ann')]).toEqual([['MC', 1]]);
});

test('what is counted from all labels is asked for anew after each that says something new, and only then', () => {
  const { apply, replace, clear } = useLabels.getState();
  const revision = (): number => useLabels.getState().revision;
  const changes = (act: () => void): boolean => {
    const before = revision();
    act();
    return revision() !== before;
  };
  expect(changes(() => apply(said(1, 'ann', 'MC')))).toBe(true);
  expect(changes(() => apply(said(1, 'ann', 'MC')))).toBe(false);
  expect(changes(() => apply(said(1, 'ann', null)))).toBe(true);
  expect(
    changes(() =>
      replace({
        defaultLabeller: 'ann',
        labellers: [],
        goldCount: 0,
        statements: [said(2, 'bob', 'S')],
        passedOver: 0,
      }),
    ),
  ).toBe(true);
  expect(changes(clear)).toBe(true);
});
