import type { Provenance } from '../../../src/core/classification/provenance.ts';
import { provenanceEntries } from '../../../src/core/classification/provenance.ts';
import { recipeOf } from '../../../src/core/network/presets.ts';
import type { Table } from '../../../src/core/table/table.ts';

export const SAMPLE_PROVENANCE: Provenance = {
  software: 'Lobate 0.1.0',
  date: '2026-11-27T00:00:00Z',
  modelId: 'compact-sim-4',
  modelSha256: 'ab'.repeat(32),
  isTrained: true,
  seed: 7,
  recipe: recipeOf('compact'),
  threshold: 0.5,
  scoreSisg: false,
  rows: 'selection',
  selectedRows: '0-2,5',
  columnNames: 'lobate',
  units: 'survey',
  columnMap: ['Maj=a "b"'],
  inputs: [
    { role: 'mosaic', name: "P1 o'mosaic é.fits", sizeBytes: 123, fingerprint: `sampled-sha256:${'1f'.repeat(32)}` },
    { role: 'catalogue', name: 'a.srl.fits', sizeBytes: 9, fingerprint: `sampled-sha256:${'2e'.repeat(32)}` },
  ],
};

/** Every type of column, with values that are easily lost: extremes, missing ones, quotes, blanks, arrays. */
export const SAMPLE_TABLE: Table = {
  rowCount: 4,
  name: 'sample',
  description: 'A table of <everything>',
  entries: provenanceEntries(SAMPLE_PROVENANCE),
  columns: [
    { name: 'Source_Name', data: ['ILTJ1', 'say "x", y', '<&>', ''], repeat: 1, ucd: 'meta.id;meta.main' },
    {
      name: 'RA',
      data: Float64Array.of(160.1234567890123, 0, 359.99999999999994, Number.NaN),
      repeat: 1,
      unit: 'deg',
      ucd: 'pos.eq.ra;meta.main',
      description: 'Right ascension, ICRS: "exact"',
    },
    {
      name: 'Tiny',
      data: Float64Array.of(5e-324, -1.7976931348623157e308, 0.1 + 0.2, -0),
      repeat: 1,
      unit: 'mJy/beam',
    },
    { name: 'Single', data: Float32Array.of(0.1, 16777216, 1.1754944e-38, Number.NaN), repeat: 1 },
    { name: 'Infinite', data: Float32Array.of(Infinity, -Infinity, 1, 2), repeat: 1 },
    {
      name: 'Long',
      data: BigInt64Array.of(2n ** 63n - 1n, -(2n ** 62n), 0n, 1n),
      repeat: 1,
      isMissing: Uint8Array.of(0, 0, 1, 0),
    },
    {
      name: 'Int',
      data: Int32Array.of(2147483647, -2147483647, 0, 5),
      repeat: 1,
      isMissing: Uint8Array.of(0, 0, 1, 0),
    },
    { name: 'Short', data: Int16Array.of(0, -5, 32767, 0), repeat: 1, isMissing: Uint8Array.of(1, 0, 0, 1) },
    { name: 'Byte', data: Uint8Array.of(0, 255, 1, 7), repeat: 1 },
    { name: 'Flag', data: [true, false, true, false], repeat: 1 },
    { name: 'Vector', data: Float64Array.of(1, 2, 3, 0.1, -5, 6, 7, 8, 9, 10, 11, 12), repeat: 3, unit: 'Jy' },
    {
      name: 'Ragged',
      data: Float32Array.of(1, 2, 3, Number.NaN, 5, 6, 7, 8),
      repeat: 2,
      lengths: Int32Array.of(2, 1, 2, 2),
    },
  ],
};
