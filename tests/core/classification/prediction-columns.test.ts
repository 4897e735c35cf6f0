import { describe, expect, test } from 'vitest';
import type { SourceCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import type { Prediction } from '../../../src/core/classification/prediction.ts';
import { predictionCodeOf, predictionTable } from '../../../src/core/classification/prediction-columns.ts';
import type { Table } from '../../../src/core/table/table.ts';
import { findColumn } from '../../../src/core/table/table.ts';
import { selectRows } from '../../../src/core/table/select-rows.ts';

const table: Table = {
  rowCount: 3,
  columns: [
    { name: 'Source_Name', data: ['a', 'b', 'c'], repeat: 1 },
    { name: 'sisg', data: Int16Array.from([7, 8, 9]), repeat: 1 },
    { name: 'Vector', data: Float32Array.from([1, 2, 3, 4, 5, 6]), repeat: 2 },
  ],
};
const catalogue = { rowCount: 3, table } as SourceCatalogue;
const prediction = (row: number, status: Prediction['status'], probability: number): Prediction => ({
  row,
  status,
  probability,
  validFraction: 1,
  mosaic: 0,
});
const options = { threshold: 0.5, isTrained: true, modelId: 'm', scoreSisg: false, mosaicNames: ['P1'] };

describe('codes', () => {
  test('a probability equal to the threshold is class MC', () => {
    expect(predictionCodeOf(prediction(0, 'classified', 0.5), 0.5)).toBe(1);
  });
  test('a SISG row is class S however high the network scores it', () => {
    expect(predictionCodeOf(prediction(0, 'sisg', 0.99), 0.5)).toBe(0);
  });
  test('a row without a result has no code, not 0', () => {
    expect(predictionCodeOf(prediction(0, 'outside-mosaics', Number.NaN), 0.5)).toBeUndefined();
    expect(predictionCodeOf(prediction(0, 'missing-feature:Maj', Number.NaN), 0.5)).toBeUndefined();
  });
});

describe('the table', () => {
  const made = predictionTable(
    catalogue,
    [prediction(2, 'classified', 0.7), prediction(0, 'sisg', Number.NaN)],
    Uint8Array.from([1, 0, 0]),
    options,
  );

  test('keeps the row order and every input column, and renames one that has the name of ours', () => {
    expect(made.table.columns.map((column) => column.name)).toEqual([
      'Source_Name',
      'sisg_in',
      'Vector',
      'mc_probability',
      'mc_prediction',
      'mc_status',
      'sisg',
      'valid_fraction',
      'mosaic',
    ]);
    expect(made.renamed).toEqual(['sisg']);
    expect(findColumn(made.table, 'mc_status')!.data).toEqual(['sisg', 'unfinished', 'classified']);
  });

  test('a row that the run did not come to is unfinished, not failed, and has an empty prediction', () => {
    expect(findColumn(made.table, 'mc_prediction')!.isMissing).toEqual(Uint8Array.from([0, 1, 0]));
    expect(findColumn(made.table, 'mc_probability')!.data[1]).toBeNaN();
  });

  test('probabilities of an untrained model are marked in every row', () => {
    const { table: marked } = predictionTable(catalogue, [], new Uint8Array(3), { ...options, isTrained: false });
    expect(findColumn(marked, 'mc_model')!.data).toEqual(['UNTRAINED m', 'UNTRAINED m', 'UNTRAINED m']);
  });

  test('rows of one source name each other, with the row where both have one name; else there is no such column', () => {
    const named = { ...catalogue, name: ['a', 'b', 'a'] };
    const duplicatesOf = new Map([
      [0, [2, 1]],
      [2, [0]],
    ]);
    const { table: linked } = predictionTable(named, [], new Uint8Array(3), { ...options, duplicatesOf });
    expect(findColumn(linked, 'duplicate_of')!.data).toEqual(['a #2; b', '', 'a #0']);
    const { table: without } = predictionTable(named, [], new Uint8Array(3), options);
    expect(findColumn(without, 'duplicate_of')).toBeUndefined();
  });
});

test('selecting rows keeps vector columns and column types together', () => {
  const selected = selectRows(table, (row) => row !== 1);
  expect(selected.rowCount).toBe(2);
  expect(findColumn(selected, 'Vector')!.data).toEqual(Float32Array.from([1, 2, 5, 6]));
  expect(findColumn(selected, 'sisg')!.data).toEqual(Int16Array.from([7, 9]));
});
