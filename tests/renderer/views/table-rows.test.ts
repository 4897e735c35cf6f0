import { describe, expect, it } from 'vitest';
import type { PredictionColumns, SourceColumns } from '../../../src/contract/column-sets.ts';
import { orderedRows, statusText } from '../../../src/renderer/views/table/table-rows.ts';

const sources: SourceColumns = {
  rowCount: 5,
  name: ['ILTJ0005', 'ILTJ0004', 'ILTJ0003', 'ILTJ0002', 'ILTJ0001'],
  sCode: ['S', 'S', 'M', 'S', 'S'],
  raDeg: Float64Array.of(1, 2, 3, 4, 5),
  decDeg: new Float64Array(5),
  majArcsec: Float32Array.of(6, 7, 20, 9, 10),
  minArcsec: new Float32Array(5).fill(6),
  paDeg: new Float32Array(5),
  totalFluxMjy: Float64Array.of(5, 4, 3, 2, 1),
  peakFluxMjyPerBeam: Float64Array.of(5, 4, 3, 2, 1),
  nearestArcsec: Float32Array.of(60, 50, 40, 30, Number.NaN),
  within45: new Int32Array(5),
  sisg: Uint8Array.of(1, 0, 0, 0, 0),
  onMosaic: Uint8Array.of(1, 1, 1, 1, 0),
};
const predictions: PredictionColumns = {
  runId: 1,
  // Row 0 is SISG but scored, as with --score-sisg.
  probability: Float64Array.of(0.99, 0.5, 0.8, Number.NaN, Number.NaN),
  status: Uint8Array.of(1, 0, 0, 255, 2),
  statusNames: ['classified', 'sisg', 'outside-mosaics'],
  validFraction: new Float32Array(5).fill(1),
};
const any = { text: '', status: 'any' } as const;

describe('the order and choice of table rows', () => {
  it('rows without a value come last in either direction', () => {
    const up = orderedRows(sources, predictions, any, { key: 'probability', isDescending: false }, 0.5);
    const down = orderedRows(sources, predictions, any, { key: 'probability', isDescending: true }, 0.5);
    expect([...up]).toEqual([1, 2, 0, 3, 4]);
    expect([...down]).toEqual([0, 2, 1, 3, 4]);
    expect([...orderedRows(sources, undefined, any, { key: 'nearest', isDescending: true }, 0.5)].at(-1)).toBe(4);
  });

  it('flagged means at or above the threshold and not SISG', () => {
    const rows = orderedRows(
      sources,
      predictions,
      { text: '', status: 'flagged' },
      { key: 'row', isDescending: false },
      0.5,
    );
    expect([...rows]).toEqual([1, 2]);
  });

  it('every row is flagged, not flagged or without result', () => {
    const shown = (status: 'flagged' | 'not-flagged' | 'without-result') =>
      orderedRows(sources, predictions, { text: '', status }, { key: 'row', isDescending: false }, 0.6).length;
    expect(shown('flagged') + shown('not-flagged') + shown('without-result')).toBe(5);
  });

  it('the name filter ignores case', () => {
    expect([
      ...orderedRows(
        sources,
        predictions,
        { text: 'iltj0003', status: 'any' },
        { key: 'name', isDescending: false },
        0.5,
      ),
    ]).toEqual([2]);
  });

  it('the status of a row is said in words', () => {
    expect([0, 1, 2, 3, 4].map((row) => statusText(sources, predictions, row, 0.6))).toEqual([
      'SISG → S',
      'S',
      'MC',
      'waiting',
      'no mosaic',
    ]);
  });
});
