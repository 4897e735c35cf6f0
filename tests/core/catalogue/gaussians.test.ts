import { describe, expect, test } from 'vitest';
import type { GaussianSummary, SourceCatalogue } from '../../../src/core/catalogue/catalogue.ts';
import { toGaussianCatalogue } from '../../../src/core/catalogue/gaussian-catalogue.ts';
import { summariseGaussians } from '../../../src/core/catalogue/gaussians.ts';
import { noLikelihood } from '../../../src/core/catalogue/likelihood.ts';
import { toSourceCatalogue } from '../../../src/core/catalogue/read-catalogue.ts';
import { lotssCatalogue, refusalOf, tableOf } from './catalogue-tables.ts';

type Columns = Readonly<Record<string, readonly (number | string)[]>>;

function summaryOf(catalogue: SourceCatalogue, gaussians?: Columns): GaussianSummary {
  const read = gaussians === undefined ? undefined : toGaussianCatalogue(tableOf(gaussians), 'gaul.fits');
  return summariseGaussians(catalogue, read, catalogue.ownLikelihood ?? noLikelihood(catalogue.rowCount)).summary;
}

const NULL_LR = 1e20;

describe('Gaussians that cannot be linked are refused', () => {
  test('neither names nor numbers', () => {
    const table = tableOf({ Maj: [6], Min: [5], Total_flux: [1] });
    expect(refusalOf(() => toGaussianCatalogue(table, 'gaul.fits'))).toMatchObject({ kind: 'catalogue-link-missing' });
  });

  test('names of another field', () => {
    const gaussians = { Source_Name: ['elsewhere'], Maj: [6], Min: [5], Total_flux: [1] };
    expect(refusalOf(() => summaryOf(lotssCatalogue([10], [20]), gaussians))).toMatchObject({
      kind: 'catalogue-link-missing',
      path: 'gaul.fits',
    });
  });

  test('numbers that two sources share, as in catalogues glued together', () => {
    const srl = tableOf({
      Source_id: [0, 0],
      RA: [1, 2],
      DEC: [1, 2],
      Maj: [6, 6],
      Min: [5, 5],
      Total_flux: [1, 1],
      Peak_flux: [1, 1],
    });
    const gaussians = { Source_id: [0], Maj: [6], Min: [5], Total_flux: [1] };
    expect(refusalOf(() => summaryOf(toSourceCatalogue(srl, 'srl.fits'), gaussians))).toMatchObject({
      kind: 'catalogue-link-missing',
    });
  });
});

describe('Gaussians of a file without names and numbers', () => {
  const catalogue = lotssCatalogue([10, 10.01], [20, 20], { 'Maj [arcsec]': [20, 8] });
  const ARCSEC = 1 / 3600;
  const read = toGaussianCatalogue(
    tableOf({
      'RA [deg]': [10, 10, 10.01, 10.005],
      'DEC [deg]': [20 + 15 * ARCSEC, 20 - 15 * ARCSEC, 20, 20],
      Maj: [9, 8, 7, 6],
      Min: [5, 5, 5, 5],
      Total_flux: [1, 2, 3, 4],
    }),
    'gaul.fits',
  );
  const { join, summary, notices } = summariseGaussians(catalogue, read, noLikelihood(2));

  test('belong to the nearest source whose major axis reaches them, and to none beyond', () => {
    expect(Array.from(summary.count)).toEqual([2, 1]);
    expect(join).toMatchObject({
      fileRows: 4,
      joinedRows: 3,
      sourcesByPosition: 2,
      sourcesByName: 0,
      sourcesWithout: 0,
    });
  });
  test('are said to be joined by position, as a warning', () => {
    expect(notices).toContainEqual(expect.objectContaining({ level: 'warning' }));
    expect(notices.map(({ message }) => message).join(' ')).toContain('joined by position');
  });
});

describe('the Gaussian that counts', () => {
  const source = lotssCatalogue([10], [20], { S_Code: ['M'] });
  const chosenFlux = (lr: readonly number[] | undefined, flux: readonly number[]): number =>
    summaryOf(source, {
      Source_Name: flux.map(() => 'S0'),
      'Maj [arcsec]': flux.map((_, k) => k + 6),
      'Min [arcsec]': flux.map(() => 5),
      'Total_flux [mJy]': flux,
      ...(lr === undefined ? {} : { lr, lr_dist: lr.map(() => 1) }),
    }).majArcsec[0]! - 6;

  test('has the highest LR, however faint', () => expect(chosenFlux([0.1, 9, 3], [5, 1, 7])).toBe(1));
  test('is the brightest where there is no LR', () => expect(chosenFlux(undefined, [5, 1, 7])).toBe(2));
  test('is the brightest where every LR is null', () =>
    expect(chosenFlux([NULL_LR, Number.NaN, 1e-135], [5, 8, 7])).toBe(1));
  test('a null LR of 1e20 does not win', () => expect(chosenFlux([NULL_LR, 0.2], [5, 1])).toBe(1));
  test('of equal LRs is the brighter', () => expect(chosenFlux([4, 4, 4], [1, 3, 2])).toBe(1));
  test('of equal LRs and fluxes is the first', () => expect(chosenFlux([4, 4], [2, 2])).toBe(0));
});

describe('without a Gaussian catalogue', () => {
  const catalogue = lotssCatalogue([10, 20, 30, 40], [0, 0, 0, 0], {
    S_Code: ['S', 'C', 'M', ''],
    'Total_flux [mJy]': [3, 4, 5, 6],
    'Maj [arcsec]': [7, 8, 9, 10],
    lr: [2, 3, 4, 5],
    lr_dist: [1, 1, 1, 1],
  });
  const summary = summaryOf(catalogue);

  test('S and C sources are one Gaussian: themselves, optical match included', () => {
    expect([...summary.count.slice(0, 2)]).toEqual([1, 1]);
    expect([...summary.majArcsec.slice(0, 2)]).toEqual([7, 8]);
    expect([...summary.totalFluxMjy.slice(0, 2)]).toEqual([3, 4]);
    expect([...summary.lr.slice(0, 2)]).toEqual([2, 3]);
  });

  test('M sources get two Gaussians and their own axes, flagged; the flux share is left to the recipe', () => {
    expect([summary.count[2], summary.majArcsec[2], summary.imputed[2]]).toEqual([2, 9, 1]);
    expect(summary.totalFluxMjy[2]).toBeNaN();
    expect(summary.lr[2]).toBeNaN();
  });

  test('without S_Code nothing is known', () => {
    expect(summary.count[3]).toBeNaN();
    expect([...summary.imputed]).toEqual([0, 0, 1, 1]);
  });
});

test('raw PyBDSF Gaussians join by Source_id, converted from degrees and jansky', () => {
  const srl = tableOf({
    Source_id: [4, 9],
    'RA [deg]': [1, 2],
    'DEC [deg]': [1, 2],
    'Maj [deg]': [0.002, 0.002],
    'Min [deg]': [0.002, 0.002],
    'Total_flux [Jy]': [1, 1],
    'Peak_flux [Jy/beam]': [1, 1],
  });
  const summary = summaryOf(toSourceCatalogue(srl, 'srl.fits'), {
    Gaus_id: [0, 1, 2],
    Source_id: [9, 4, 9],
    'Maj [deg]': [0.001, 0.002, 0.003],
    'Min [deg]': [0.001, 0.001, 0.001],
    'Total_flux [Jy]': [0.4, 1, 0.6],
  });
  expect([...summary.count]).toEqual([1, 2]);
  expect(summary.majArcsec[1]).toBeCloseTo(10.8, 12);
  expect(summary.totalFluxMjy[1]).toBe(600);
});

test('columns that the catalogue carries are used unless a file is given', () => {
  const catalogue = lotssCatalogue([10], [20], {
    S_Code: ['M'],
    n_gauss: [4],
    'gauss_maj [arcsec]': [11],
    'gauss_min [arcsec]': [9],
    'gauss_total_flux [mJy]': [0.3],
    gauss_lr: [0.7],
    gauss_lr_dist: [2],
  });
  expect(summaryOf(catalogue)).toMatchObject({
    count: Float64Array.of(4),
    majArcsec: Float64Array.of(11),
    lr: Float64Array.of(0.7),
  });
  const fromFile = summaryOf(catalogue, {
    Source_Name: ['S0', 'S0'],
    'Maj [arcsec]': [6, 7],
    'Min [arcsec]': [6, 6],
    'Total_flux [mJy]': [1, 2],
  });
  expect([fromFile.count[0], fromFile.majArcsec[0]]).toEqual([2, 7]);
});
