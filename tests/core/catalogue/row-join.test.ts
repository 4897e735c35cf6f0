import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlacedRows } from '../../../src/core/catalogue/row-join.ts';
import { joinedValues, joinReportOf, joinRows } from '../../../src/core/catalogue/row-join.ts';

const ARCSEC = 1 / 3600;
const at = (...rows: readonly (readonly [string, number, number])[]): PlacedRows => ({
  name: rows.map(([name]) => name),
  positions: {
    raDeg: Float64Array.from(rows, ([, ra]) => ra),
    decDeg: Float64Array.from(rows, ([, , dec]) => dec),
  },
});
const named = (...name: string[]): PlacedRows => ({ name, positions: undefined });

test('a name that another source of another place goes by too does not make them one', () => {
  const { theirRow } = joinRows(at(['12', 180, 50]), at(['12', 180.1, 50]));
  expect([...theirRow]).toEqual([-1]);
});

test('without positions the name alone decides, blanks around it left aside', () => {
  expect([...joinRows(named('A', 'B'), named('B ', 'C')).theirRow]).toEqual([-1, 0]);
  expect([...joinRows(at(['A', 180, 50]), named('A')).theirRow]).toEqual([0]);
});

test('a source of another name is found where it lies to a tenth of an arcsecond, and not at a whole one', () => {
  const own = at(['old', 180, 50], ['far', 181, 50]);
  const their = at(['new', 180, 50 + 0.05 * ARCSEC], ['off', 181, 50 + 1 * ARCSEC]);
  const join = joinRows(own, their);
  expect([...join.theirRow]).toEqual([0, -1]);
  expect(joinReportOf(join, own, their, 'x.csv')).toMatchObject({
    what: 'scores',
    joinedRows: 1,
    sourcesByName: 0,
    sourcesByPosition: 1,
    sourcesWithout: 1,
  });
});

test('of two rows of one name the nearer one is taken, and the other stays for its own namesake', () => {
  const own = at(['A', 180, 50], ['A', 180, 50 + 0.5 * ARCSEC]);
  const their = at(['A', 180, 50 + 0.4 * ARCSEC], ['A', 180, 50]);
  expect([...joinRows(own, their).theirRow]).toEqual([1, 0]);
});

test('a shuffled catalogue is found again whole, by name as by position, no row twice', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 359 }), fc.integer({ min: -80, max: 80 })), {
        selector: ([ra, dec]) => `${ra} ${dec}`,
        maxLength: 30,
      }),
      fc.boolean(),
      (places, isRenamed) => {
        const own = at(...places.map(([ra, dec]) => [`S${ra}${dec < 0 ? '' : '+'}${dec}`, ra, dec] as const));
        const order = places.map((_, row) => (row * 7 + 3) % places.length);
        const shuffled = [...new Set(order)].length === places.length ? order : places.map((_, row) => row).reverse();
        const their = at(
          ...shuffled.map((row) => [isRenamed ? `other ${row}` : own.name[row]!, ...places[row]!] as const),
        );
        expect([...joinRows(own, their).theirRow]).toEqual(places.map((_, row) => shuffled.indexOf(row)));
      },
    ),
  );
});

test('values come in the order of the own catalogue, a gap where a source is in none of its rows', () => {
  const values = joinedValues(Int32Array.of(1, -1, 0), Float64Array.of(0.1, 0.9), new Float64Array(3), Number.NaN);
  expect([...values]).toEqual([0.9, Number.NaN, 0.1]);
});
