import { describe, expect, it } from 'vitest';
import type { PredictionColumns, SourceColumns } from '../../../src/contract/column-sets.ts';
import { statusText } from '../../../src/renderer/views/table/status-text.ts';

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
  duplicateRow: new Int32Array(5).fill(-1),
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

describe('the status column', () => {
  it('says of every row what is known, in words', () => {
    expect([0, 1, 2, 3, 4].map((row) => statusText(sources, predictions, row, 0.6))).toEqual([
      'SISG → S',
      'S',
      'MC',
      'waiting',
      'no mosaic',
    ]);
  });
});
