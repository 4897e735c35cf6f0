import { describe, expect, test } from 'vitest';
import { joinLikelihood, knownLr } from '../../../src/core/catalogue/likelihood.ts';
import { toSourceCatalogue } from '../../../src/core/catalogue/read-catalogue.ts';
import { lotssCatalogue, refusalOf, tableOf } from './catalogue-tables.ts';

describe('likelihood ratios that cannot be joined are refused', () => {
  test('a file without lr', () => {
    const table = tableOf({ Source_Name: ['S0'], lr_dist: [1] });
    expect(refusalOf(() => joinLikelihood(lotssCatalogue([1], [1]), table, 'lr.fits'))).toMatchObject({
      kind: 'catalogue-column-missing',
      column: 'lr',
    });
  });

  test('a file without names and positions', () => {
    const table = tableOf({ lr: [1], lr_dist: [1] });
    expect(refusalOf(() => joinLikelihood(lotssCatalogue([1], [1]), table, 'lr.fits'))).toMatchObject({
      kind: 'catalogue-link-missing',
    });
  });

  test('a file of another field', () => {
    const table = tableOf({ RA: [90], DEC: [1], lr: [1], lr_dist: [1] });
    expect(refusalOf(() => joinLikelihood(lotssCatalogue([1], [1]), table, 'lr.fits'))).toMatchObject({
      kind: 'catalogue-link-missing',
    });
  });
});

test('NaN, 1e20 in either precision, the stand-in 1e-135 and negative numbers mean "no match"; 0 does not', () => {
  expect([Number.NaN, 1e20, Math.fround(1e20), 1e-135, -1].map(knownLr)).toEqual(Array(5).fill(Number.NaN));
  expect([0, 1e-134, 1e-60, 0.639, 1e15].map(knownLr)).toEqual([0, 1e-134, 1e-60, 0.639, 1e15]);
});

test('rows join by name in any order, the rest by a position within 0.1″, and the counts are told', () => {
  const catalogue = lotssCatalogue([10, 359.99999, 30, 40], [0, 60, 0, 0]);
  const table = tableOf({
    Source_Name: ['other', 'S0', 'S9', 'S8'],
    RA: [1, 10, 0.00001, 40.0001],
    DEC: [1, 0, 60, 0],
    lr: [7, 8, 9, 10],
    lr_dist: [1, 2, 3, 4],
  });
  const { likelihood, notices } = joinLikelihood(catalogue, table, 'lr.fits');
  // Row 1 lies 0.036″ from its match across RA 0; row 3 lies 0.36″ away, too far to be the same source.
  expect([...likelihood.lr]).toEqual([8, 9, Number.NaN, Number.NaN]);
  expect([...likelihood.lrDistArcsec]).toEqual([2, 3, Number.NaN, Number.NaN]);
  expect(notices[0]!.message).toBe(
    'Likelihood ratios: 1 sources joined by name, 1 by position; 2 have no row in lr.fits and count as without a match.',
  );
});

test('names made from positions link nothing', () => {
  const srl = tableOf({ Source_id: [0], RA: [10], DEC: [0], Maj: [7], Min: [7], Total_flux: [1], Peak_flux: [1] });
  const catalogue = toSourceCatalogue(srl, 'srl.fits');
  const table = tableOf({ Source_Name: [catalogue.name[0]!], RA: [11], DEC: [0], lr: [1], lr_dist: [1] });
  expect(refusalOf(() => joinLikelihood(catalogue, table, 'lr.fits'))).toMatchObject({
    kind: 'catalogue-link-missing',
  });
});
