import { describe, expect, test } from 'vitest';
import { binByProperty } from '../../../../src/core/evaluation/property-performance.ts';
import { scoredRows } from '../../../../src/core/evaluation/scored-rows.ts';
import { scoreTable } from '../../../../src/core/evaluation/score-table.ts';
import { binWords } from '../../../../src/figures/property-figures.ts';
import type { LinkedFigure } from '../../../../src/renderer/views/evaluation/linked-rows.ts';
import { rowsOfBrush, rowsOfMark } from '../../../../src/renderer/views/evaluation/linked-rows.ts';

/**
 * Catalogue rows 10, 20, … 60. Rows 10 and 20 are one MC source of which 20 alone is flagged at 0.5; 30 is a missed MC
 * source; 40 and 50 are S, of which 40 is flagged; 60 is gated.
 */
const rows = scoredRows({
  isMc: Uint8Array.of(1, 1, 1, 0, 0, 0),
  probability: Float64Array.of(0.2, 0.9, 0.3, 0.7, 0.1, Number.NaN),
  isSisg: Uint8Array.of(0, 0, 0, 0, 0, 1),
  group: Int32Array.of(0, 0, 1, 2, 3, 4),
  groupCount: 5,
});
const FLUX = { name: 'Total_flux', unit: 'mJy', isLog: true };
const values = Float64Array.of(1, 2, 4, 8, 16, Number.NaN);
const bins = binByProperty(rows, values, [1, 4, 16]);

function figure(change: Partial<LinkedFigure>): LinkedFigure {
  return {
    choice: 'matrices',
    judged: {
      labels: { label: new Uint8Array(0), group: new Int32Array(0), groupCount: 0, dataset: new Uint8Array(0) },
      paired: {
        rows,
        catalogueRow: Uint32Array.of(10, 20, 30, 40, 50, 60),
        withoutResult: new Uint32Array(0),
        withoutResultMc: 0,
        learnedFrom: 0,
      },
      scored: rows,
      table: scoreTable(rows),
      labelWords: '',
      isRefused: false,
      isDatasetKnown: false,
    },
    isInSample: (name, index) => name !== 'Non-SISG' || rows.isSisg[index] === 0,
    property: FLUX,
    bins: undefined,
    values: undefined,
    threshold: 0.5,
    mode: 'moved',
    ...change,
  };
}
const found = (chosen: Uint32Array | undefined): number[] | undefined => chosen && [...chosen];

describe('rows behind a mark', () => {
  test('words that no mark carries stand for no rows', () => {
    expect(rowsOfMark('', figure({}))).toBeUndefined();
    expect(rowsOfMark('Non-SISG', figure({}))).toBeUndefined();
    expect(rowsOfMark('3 to 4 mJy', figure({ bins, values }))).toBeUndefined();
  });

  test('a recovered row is a true positive where recovered rows count as found, and a false negative where they do not', () => {
    const mark = 'All, SISG → S\ntrue positives';
    expect(found(rowsOfMark(mark, figure({})))).toEqual([10, 20]);
    expect(found(rowsOfMark(mark, figure({ mode: 'raw' })))).toEqual([20]);
    expect(found(rowsOfMark('All, SISG → S\nfalse negatives', figure({ mode: 'raw' })))).toEqual([10, 30]);
    // Left out: in no cell at all.
    expect(found(rowsOfMark('All, SISG → S\nfalse negatives', figure({ mode: 'dropped' })))).toEqual([30]);
  });

  test('a cell of a sample holds rows of that sample alone', () => {
    expect(found(rowsOfMark('All, SISG → S\ntrue negatives', figure({})))).toEqual([50, 60]);
    expect(found(rowsOfMark('Non-SISG\ntrue negatives', figure({})))).toEqual([50]);
  });

  test('a bin holds all of its rows, a bar of it those of one cell', () => {
    const words = binWords(FLUX, bins.bins[1]!);
    expect(found(rowsOfMark(words, figure({ choice: 'property', bins, values })))).toEqual([30, 40, 50]);
    expect(found(rowsOfMark(`${words}\nfalse positives`, figure({ choice: 'histogram', bins, values })))).toEqual([40]);
  });
});

describe('rows under a brush', () => {
  test('confusion matrices have no axis to brush', () => {
    expect(rowsOfBrush(0, 1, figure({}))).toBeUndefined();
  });

  test('over thresholds: rows of these scores; gated ones have none', () => {
    expect(found(rowsOfBrush(0, 1, figure({ choice: 'scores' })))).toEqual([10, 20, 30, 40, 50]);
    expect(found(rowsOfBrush(0.15, 0.7, figure({ choice: 'threshold-metrics' })))).toEqual([10, 30, 40]);
  });

  test('over a property: rows of these values, ends included', () => {
    expect(found(rowsOfBrush(2, 8, figure({ choice: 'property', bins, values })))).toEqual([20, 30, 40]);
  });

  test('over the ROC curve: rows scored between the thresholds that give these false positive rates', () => {
    // S scores −1 (gated), 0.1, 0.7: up to a rate of a half, thresholds run from 0.1 up.
    expect(found(rowsOfBrush(0, 0.5, figure({ choice: 'roc' })))).toEqual([10, 20, 30, 40, 50]);
    expect(found(rowsOfBrush(0, 0.1, figure({ choice: 'roc' })))).toEqual([20, 40]);
  });

  test('over recall: rows scored between the thresholds that give it, in the way that recovered rows count', () => {
    // Corrected MC scores 0.3, 0.9, 0.9.
    expect(found(rowsOfBrush(0, 0.4, figure({ choice: 'precision-recall' })))).toEqual([20]);
    expect(found(rowsOfBrush(0.6, 1, figure({ choice: 'precision-recall', mode: 'raw' })))).toEqual([10, 30]);
  });
});
