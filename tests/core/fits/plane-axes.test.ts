import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FitsHeader } from '../../../src/core/fits/header.ts';
import { placesOf, planeAt, planeAxesOf } from '../../../src/core/fits/plane-axes.ts';

type Cards = Readonly<Record<string, string | number>>;

const headerOf = (cards: Cards): FitsHeader =>
  new FitsHeader(Object.entries(cards).map(([keyword, value]) => ({ keyword, value, comment: '' })));

const labelsOf = (cards: Cards): readonly string[] =>
  planeAxesOf(headerOf(cards), [300, 300, Number(cards['NAXIS3'])])[0]!.labels;

/** What scripts/fixtures/make_cubes.py found with astropy. */
const astropy = JSON.parse(
  readFileSync(new URL('../../fixtures/plane_axes.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, { readonly header: Cards; readonly values: readonly number[] }>>;

const FACTORS: Readonly<Record<string, number>> = { MHz: 1e6, 'km/s': 1e3 };

describe('the places on an axis of planes', () => {
  test.each(Object.entries(astropy).filter(([name]) => !name.startsWith('Stokes')))(
    'are those of astropy to a hundredth of a step: %s',
    (_, { header, values }) => {
      const step = Math.abs(values[1]! - values[0]!);
      labelsOf(header).forEach((label, place) => {
        const [, number, unit] = /^(\S+) (.+)$/.exec(label)!;
        expect(Math.abs(Number(number) * FACTORS[unit!]! - values[place]!)).toBeLessThan(step / 100);
      });
      expect(labelsOf(header)).toHaveLength(values.length);
    },
  );

  test('are Stokes parameters or products of feeds by the numbers of the standard', () => {
    const stokes = { CTYPE3: 'STOKES', CRVAL3: 1, CRPIX3: 1, CDELT3: 1, NAXIS3: 4 };
    expect(labelsOf(stokes)).toEqual(['I', 'Q', 'U', 'V']);
    const circular = astropy['Stokes in circular feeds']!;
    expect(circular.values).toEqual([-1, -2, -3, -4]);
    expect(labelsOf(circular.header)).toEqual(['RR', 'LL', 'RL', 'LR']);
  });

  test.each([
    ['no header cards', {}],
    ['equal steps in something else', { CTYPE3: 'WAVE-F2W', CRVAL3: 1, CRPIX3: 1, CDELT3: 1 }],
    ['a table of coordinates', { CTYPE3: 'FREQ-TAB', CRVAL3: 1, CRPIX3: 1, CDELT3: 1 }],
    ['an axis that is mixed with another', { CTYPE3: 'FREQ', CRVAL3: 1, CRPIX3: 1, CDELT3: 1, PC3_1: 0.1 }],
    ['no step', { CTYPE3: 'FREQ', CRVAL3: 1, CRPIX3: 1 }],
  ])('are numbered and no value is claimed for them with %s', (_, cards) => {
    expect(labelsOf({ ...cards, NAXIS3: 3 })).toEqual(['1', '2', '3']);
  });

  test('are not more than 65,536, whatever the header promises', () => {
    expect(labelsOf({ NAXIS3: 2 ** 40 })).toHaveLength(65_536);
  });
});

test('axes of one place are no choice', () => {
  const header = headerOf({ CTYPE3: 'FREQ', CTYPE4: 'STOKES', CRVAL4: 1, CRPIX4: 1, CDELT4: 1 });
  expect(planeAxesOf(header, [300, 300, 1, 2]).map(({ title, length }) => [title, length])).toEqual([['Stokes', 2]]);
  expect(planeAxesOf(header, [300, 300])).toEqual([]);
});

test('the place of a plane on its axes is that plane again, the first axis fastest', () => {
  expect(placesOf(4, [3, 4])).toEqual([1, 1]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }), fc.nat(), (lengths, at) => {
      const plane = at % lengths.reduce((product, length) => product * length, 1);
      expect(planeAt(placesOf(plane, lengths), lengths)).toBe(plane);
    }),
    { seed: 1 },
  );
});
