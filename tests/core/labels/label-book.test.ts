import { describe, expect, test } from 'vitest';
import { labelRows } from '../../../src/core/catalogue/labels.ts';
import { LabelBook } from '../../../src/core/labels/label-book.ts';
import type { LabelEvent } from '../../../src/core/labels/label-event.ts';
import { labelTable } from '../../../src/core/labels/label-tables.ts';
import type { LabelWord } from '../../../src/core/labels/label-words.ts';
import { LABEL_WORDS, labelWordOf, VOCABULARIES, WORD_MEANINGS } from '../../../src/core/labels/label-words.ts';
import { agreedLabels, rowLabelsOf } from '../../../src/core/labels/row-labels.ts';
import { parseCsvTable } from '../../../src/services/table-files/csv-table.ts';
import { csvChunks } from '../../../src/services/table-writers/csv-writer.ts';

const names = ['A', 'B', 'C', 'D'];
let nextId = 0;
function line(row: number, word: LabelWord | undefined, more: Partial<LabelEvent> = {}): LabelEvent {
  nextId += 1;
  return {
    id: nextId,
    row,
    sourceName: names[row]!,
    labeller: 'ann',
    origin: 'hand',
    word,
    note: '',
    isStarred: false,
    undoes: undefined,
    shown: undefined,
    catalogueFingerprint: 'f',
    madeAt: '2026-01-01T00:00:00.000Z',
    ...more,
  };
}

describe('the state that a history adds up to', () => {
  test('a source that has left the catalogue is passed over, one that has moved is found by its name', () => {
    const book = new LabelBook(['D', 'C', 'A'], [line(0, 'MC'), line(1, 'S'), line(2, 'blend')]);
    expect([...book.wordsOf('ann')]).toEqual([
      [2, 'MC'],
      [1, 'blend'],
    ]);
    expect(book.passedOver).toBe(1);
  });

  test('the last word counts, and taking acts back one by one ends where nothing was said', () => {
    const book = new LabelBook(names, [line(0, 'MC'), line(1, 'S'), line(0, 'blend')]);
    const said: (LabelWord | undefined)[] = [];
    for (let last = book.lastAct('ann'); last !== undefined; last = book.lastAct('ann')) {
      const { event, before } = last;
      book.add(line(event.row, before.word, { undoes: event.id }));
      said.push(book.statement('ann', event.row).word);
    }
    expect(said).toEqual(['MC', undefined, undefined]);
    expect(book.wordsOf('ann').size).toBe(0);
  });

  test("one labeller's undo leaves another's labels and imported ones alone", () => {
    const book = new LabelBook(names, [line(0, 'MC', { labeller: 'bob' }), line(1, 'S', { origin: 'import' })]);
    expect(book.lastAct('ann')).toBeUndefined();
    expect(book.lastAct('bob')?.event.row).toBe(0);
  });

  test('known answers are nobody’s labels', () => {
    const book = new LabelBook(names, [line(0, 'MC', { origin: 'gold' })]);
    expect(book.gold.get(0)).toBe('MC');
    expect(book.labellers).toEqual([]);
  });
});

describe('labels as training and evaluation read them', () => {
  test('“unsure” and words that ask for another look give no class', () => {
    const labels = rowLabelsOf(
      names,
      new Map([
        [0, 'unsure'],
        [1, 'LGZ'],
        [2, 'zoomed-in'],
      ]),
    );
    expect(labels.labelClass).toEqual(['unlabelled', 'unlabelled', 'unlabelled', 'unlabelled']);
  });

  test('a blend is class S and marked, an artefact is its own class, and rows of one candidate share their source', () => {
    const words = new Map<number, LabelWord>([
      [0, 'blend'],
      [1, 'artefact'],
      [2, 'MC'],
      [3, 'MC'],
    ]);
    const labels = rowLabelsOf(
      names,
      words,
      new Map([
        [2, 'ILTJ'],
        [3, 'ILTJ'],
      ]),
    );
    expect(labels.labelClass).toEqual(['S', 'artefact', 'MC', 'MC']);
    expect([...labels.isBlend]).toEqual([1, 0, 0, 0]);
    expect(labels.physicalSource).toEqual(['A', 'B', 'ILTJ', 'ILTJ']);
  });

  test('labellers who give different classes leave the row without one; whoever is unsure abstains', () => {
    const by = (labeller: string) => ({ labeller });
    const book = new LabelBook(names, [
      line(0, 'MC'), line(0, 'S', by('bob')),
      line(1, 'unsure'), line(1, 'MC', by('bob')),
      line(2, 'ML-match'), line(2, 'S', by('bob')),
      line(3, 'S'), line(3, 'blend', by('bob')),
    ]); // prettier-ignore
    const { word, disputed } = agreedLabels(book);
    expect([...word]).toEqual([
      [1, 'MC'],
      [2, 'ML-match'],
    ]);
    expect(disputed).toEqual([0, 3]);
  });

  test('a written list, read as labels again, says the same of every row', () => {
    const words: LabelWord[] = ['MC', 'S', 'blend', 'artefact'];
    const book = new LabelBook(
      names,
      words.map((word, row) => line(row, word)),
    );
    const text = [...csvChunks(labelTable(book, names, 'ann', new Map()))].join('');
    expect(text.split('\n')[0]).toMatch(/^Source_Name,label,/);
    const read = labelRows(names, parseCsvTable(text, 'labels.csv'), 'labels.csv');
    // Read from a file, they also say how they joined.
    expect(read).toMatchObject(rowLabelsOf(names, book.wordsOf('ann')));
  });
});

test('every word reads back from its own spelling and its button, whatever the capitals; nonsense does not', () => {
  for (const word of LABEL_WORDS) {
    expect(labelWordOf(word.toUpperCase())).toBe(word);
    expect(labelWordOf(` ${WORD_MEANINGS[word].text} `)).toBe(word);
  }
  expect(labelWordOf('artifact')).toBe('artefact');
  expect(labelWordOf('galaxy')).toBeUndefined();
  expect(labelWordOf('')).toBeUndefined();
});

test('a digit under one hand reaches every word of either vocabulary', () => {
  for (const words of Object.values(VOCABULARIES)) expect(words.length).toBeLessThanOrEqual(9);
  expect(new Set(Object.values(VOCABULARIES).flat())).toEqual(new Set(LABEL_WORDS));
});
