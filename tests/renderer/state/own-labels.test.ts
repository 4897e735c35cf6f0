import { describe, expect, test } from 'vitest';
import type { RowStatementMessage } from '../../../src/contract/labels.ts';
import { confusionCounts } from '../../../src/core/evaluation/confusion.ts';
import { LABEL_CODE, pairRows } from '../../../src/core/evaluation/pair-rows.ts';
import { scoredRows } from '../../../src/core/evaluation/scored-rows.ts';
import type { LabelWord } from '../../../src/core/labels/label-words.ts';
import { ownLabelColumns } from '../../../src/renderer/state/evaluation.ts';

const says = (labeller: string, row: number, word: LabelWord | null): RowStatementMessage => ({
  row,
  labeller,
  word,
  note: '',
  isStarred: false,
});
const book = (...statements: RowStatementMessage[]) =>
  new Map(statements.map(({ row }) => [row, statements.filter((other) => other.row === row)]));

describe('labels made in the window', () => {
  test('that give no class judge nothing', () => {
    expect(ownLabelColumns(new Map(), 'ada', 4)).toBeUndefined();
    expect(ownLabelColumns(book(says('ada', 1, 'unsure'), says('ada', 2, null)), 'ada', 4)).toBeUndefined();
  });

  test('are the labels of the figures: a blend is S, an artefact and an undecided row are left out, one’s own go first', () => {
    const said = book(
      says('ada', 0, 'MC'),
      says('bob', 0, 'S'),
      says('ada', 1, 'blend'),
      says('ada', 2, 'artefact'),
      says('ada', 3, 'unsure'),
      says('bob', 4, 'MC'),
    );
    const columns = ownLabelColumns(said, 'ada', 6)!;
    const { MC, S, artefact, unlabelled } = LABEL_CODE;
    expect([...columns.label]).toEqual([MC, S, artefact, unlabelled, MC, unlabelled]);

    const probability = Float64Array.from([0.9, 0.8, 0.99, 0.99, 0.1, 0.99]);
    const { rows, catalogueRow } = pairRows(columns, { probability, isSisg: new Uint8Array(6) }, 'all');
    expect([...catalogueRow]).toEqual([0, 1, 4]);
    const { isMc, score } = scoredRows(rows);
    expect(confusionCounts(isMc, score, 0.5)).toEqual({
      truePositive: 1,
      falsePositive: 1,
      falseNegative: 1,
      trueNegative: 0,
    });
  });
});
