import { expect, test } from 'vitest';
import { candidatesOf } from '../../../src/core/association/candidate.ts';
import type { CandidateEvent } from '../../../src/core/association/candidate.ts';
import { associationName, componentTable, parentNames } from '../../../src/core/association/component-table.ts';
import type { SourceCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import { labelRows } from '../../../src/core/catalogue/labels.ts';
import { findColumn, numbersOf, textsOf } from '../../../src/core/table/table.ts';

/** As much of a catalogue as a component table needs. */
function catalogueOf(rows: readonly { ra: number; dec: number; flux: number }[]): SourceCatalogue {
  const numbers = (value: (row: (typeof rows)[number]) => number): Float64Array => Float64Array.from(rows, value);
  return {
    rowCount: rows.length,
    name: rows.map((_, row) => `N${row}`),
    sCode: rows.map(() => 'S'),
    raDeg: numbers(({ ra }) => ra),
    decDeg: numbers(({ dec }) => dec),
    totalFluxMjy: numbers(({ flux }) => flux),
    peakFluxMjyPerBeam: numbers(({ flux }) => flux),
    majArcsec: numbers(() => 8),
    minArcsec: numbers(() => 6),
    paDeg: numbers(() => 10),
  } as unknown as SourceCatalogue;
}

test('a source across RA 0 is named by the position between its rows, not by one half way round the sky', () => {
  const catalogue = catalogueOf([
    { ra: 359.99, dec: 10, flux: 1 },
    { ra: 0.03, dec: 10, flux: 1 },
  ]);
  // Mean RA 0.01° = 2.4 s.
  expect(associationName(catalogue, [0, 1])).toBe('ILTJ000002.40+100000.0');
});

test('the brighter row draws the name to itself; a row without flux makes all weigh the same', () => {
  const at = (flux: number) =>
    catalogueOf([
      { ra: 180, dec: 50, flux: 3 },
      { ra: 180.04, dec: 50.04, flux },
    ]);
  expect(associationName(at(1), [0, 1])).toBe('ILTJ120002.40+500036.0');
  expect(associationName(at(Number.NaN), [0, 1])).toBe('ILTJ120004.80+500112.0');
});

test('association codes read who belongs to whom, and our own label reader calls the rows MC', () => {
  const catalogue = catalogueOf([
    { ra: 180, dec: 50, flux: 3 },
    { ra: 180.01, dec: 50, flux: 1 },
    { ra: 181, dec: 51, flux: 1 },
  ]);
  const candidates = [{ id: 1, rows: [0, 1], labeller: 'ann', madeAt: '2026-01-01T00:00:00.000Z' }];
  const table = componentTable(catalogue, candidates);
  const texts = (name: string) => textsOf(findColumn(table, name)!);
  expect(texts('Component_Name')).toEqual(['N0', 'N1']);
  expect(texts('Parent_Source')).toEqual(texts('Source_Name'));
  expect(new Set(texts('Parent_Source'))).toEqual(new Set(parentNames(catalogue, candidates).values()));
  expect([...numbersOf(findColumn(table, 'Assoc')!)!]).toEqual([2, 2]);
  expect(labelRows(catalogue.name, table, 'candidates.csv').labelClass).toEqual(['MC', 'MC', 'artefact']);
});

test('a candidate ends when it is withdrawn or when fewer than two of its sources are left in the catalogue', () => {
  const event = (id: number, rows: readonly number[], candidate?: number): CandidateEvent => ({
    id,
    candidate,
    members: rows.map((row) => ({ row, sourceName: `N${row}` })),
    labeller: 'ann',
    threshold: 0.5,
    modelId: undefined,
    catalogueFingerprint: '',
    madeAt: '',
  });
  const history = [event(1, [0, 1]), event(2, [2, 3]), event(3, [4, 5]), event(4, [0, 1, 6], 1), event(5, [], 2)];
  const found = candidatesOf(history, ({ row }) => (row === 5 ? undefined : row));
  expect([...found.values()].map(({ id, rows }) => [id, rows])).toEqual([[1, [0, 1, 6]]]);
});
