import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toSourceCatalogue } from '../../../src/core/catalogue/read-catalogue.ts';
import { countRepeated, countRepeatedStored } from '../../../src/core/catalogue/repeated-texts.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { lotssCatalogue, lotssTable, refusalOf, tableOf } from './catalogue-tables.ts';

describe('a table that is no source catalogue is refused in one sentence', () => {
  test('without RA, the sentence names the column and lists those that were found', () => {
    const table = tableOf({ DEC: [1], Maj: [6], Min: [5], Total_flux: [1], Peak_flux: [1] });
    const error = refusalOf(() => toSourceCatalogue(table, 'x.fits'));
    expect(describeError(error)).toBe(
      'x.fits: has no column RA, which Lobate needs. Its columns are: DEC, Maj, Min, Total_flux, Peak_flux.',
    );
  });

  test('errors and proper motions of a position are not the position', () => {
    const table = tableOf({
      e_RA: [1],
      pmRA: [1],
      RA_max: [1],
      DEC: [1],
      Maj: [6],
      Min: [5],
      Total_flux: [1],
      Peak_flux: [1],
    });
    expect(refusalOf(() => toSourceCatalogue(table, 'x.fits'))).toMatchObject({
      kind: 'catalogue-column-missing',
      column: 'RA',
    });
  });

  test.each(['Maj', 'Min', 'Total_flux', 'Peak_flux', 'DEC'])('without %s', (column) => {
    const full = lotssTable([10], [20]);
    const table = { ...full, columns: full.columns.filter(({ name }) => name !== column) };
    expect(refusalOf(() => toSourceCatalogue(table, 'x.fits'))).toMatchObject({
      kind: 'catalogue-column-missing',
      column,
    });
  });

  test('without rows', () => {
    expect(refusalOf(() => lotssCatalogue([], []))).toEqual({ kind: 'catalogue-empty', path: 'srl.fits' });
  });

  test('with a unit nobody knows', () => {
    const error = refusalOf(() => lotssCatalogue([10], [20], { 'Maj [furlong]': [7] }));
    expect(error).toEqual({ kind: 'catalogue-unit-unknown', path: 'srl.fits', column: 'Maj', unit: 'furlong' });
  });

  test('with words where numbers are due', () => {
    const error = refusalOf(() => lotssCatalogue([10], [20], { Total_flux: ['bright'] }));
    expect(error).toMatchObject({ kind: 'catalogue-column-not-numeric', column: 'Total_flux' });
  });

  test('with a declination beyond the pole, naming the row', () => {
    const error = refusalOf(() => lotssCatalogue([10, 11], [20, 91]));
    expect(error).toMatchObject({ kind: 'catalogue-value-out-of-range', column: 'DEC', row: 2, value: 91 });
  });

  test('with a right ascension of 361', () => {
    expect(refusalOf(() => lotssCatalogue([361], [20]))).toMatchObject({
      kind: 'catalogue-value-out-of-range',
      column: 'RA',
    });
  });
});

test('right ascension is brought to 0 ≤ ra < 360 wherever it started', () => {
  fc.assert(
    fc.property(fc.double({ min: -180, max: 360, noNaN: true }), (ra) => {
      const found = lotssCatalogue([ra], [0]).raDeg[0]!;
      const turns = (found - ra) / 360;
      return found >= 0 && found < 360 && Math.abs(turns - Math.round(turns)) < 1e-12;
    }),
  );
});

test('a row with a broken value stays: its features say why it cannot be classified', () => {
  const catalogue = lotssCatalogue([10, Number.NaN], [20, 20], { 'Maj [arcsec]': [Number.NaN, 7] });
  expect(catalogue.rowCount).toBe(2);
  expect(catalogue.majArcsec[0]).toBeNaN();
  expect(catalogue.raDeg[1]).toBeNaN();
});

describe('a raw PyBDSF catalogue', () => {
  const table = tableOf({
    Source_id: [0, 1],
    Isl_id: [0, 0],
    'RA [deg]': [258.2495, 0.0001],
    'DEC [deg]': [64.1589, -0.5],
    'Maj [deg]': [0.02, 0.01],
    'Min [deg]': [0.015, 0.01],
    'Total_flux [Jy]': [0.0375, 0.001],
    'Peak_flux [Jy/beam]': [0.02, 0.001],
    'Isl_rms [Jy/beam]': [0.0005, 0.0005],
    S_Code: ['C', 'M'],
  });
  const catalogue = toSourceCatalogue(table, 'srl.fits');

  test('is brought from degrees and jansky to arcsec and millijansky', () => {
    expect(catalogue.dialect).toBe('pybdsf');
    expect(catalogue.majArcsec[0]).toBeCloseTo(72, 12);
    expect(catalogue.totalFluxMjy[0]).toBeCloseTo(37.5, 12);
    expect(catalogue.peakFluxMjyPerBeam[0]).toBeCloseTo(20, 12);
    expect(catalogue.islandRmsMjyPerBeam[0]).toBeCloseTo(0.5, 12);
  });

  test('gets names from its positions, and says so', () => {
    expect(catalogue.hasOwnNames).toBe(false);
    expect(catalogue.name).toEqual(['ILTJ171259.88+640932.0', 'ILTJ000000.02-003000.0']);
    expect(catalogue.notices.map(({ message }) => message).join()).toContain('names were made from the positions');
  });
});

describe('columns without a unit', () => {
  const without = (maj: number): ReturnType<typeof lotssTable> =>
    lotssTable([10], [20], { Maj: [maj], Min: [maj], Total_flux: [1.5], Peak_flux: [1] });

  test('are arcsec and mJy where Maj is arcseconds large, with a notice', () => {
    const catalogue = toSourceCatalogue(without(7), 'x.fits');
    expect([catalogue.majArcsec[0], catalogue.totalFluxMjy[0]]).toEqual([7, 1.5]);
    expect(catalogue.notices[0]!.message).toContain('Maj as arcsec');
  });

  test('are degrees and jansky where Maj is thousandths, with a notice', () => {
    const catalogue = toSourceCatalogue(without(0.002), 'x.fits');
    expect(catalogue.majArcsec[0]).toBeCloseTo(7.2, 12);
    expect(catalogue.totalFluxMjy[0]).toBe(1500);
    expect(catalogue.notices[0]!.message).toContain('Total_flux as Jy');
  });

  test('are what the user says, without a notice', () => {
    const catalogue = toSourceCatalogue(without(0.002), 'x.fits', { units: 'pybdsf' });
    expect(catalogue.majArcsec[0]).toBe(0.002 * 3600);
    expect(catalogue.notices).toEqual([]);
  });

  test('are what the user says even where the values contradict it, and that is said', () => {
    const catalogue = toSourceCatalogue(without(7), 'x.fits', { units: 'pybdsf' });
    expect(catalogue.majArcsec[0]).toBe(7 * 3600);
    expect(catalogue.notices.map(({ message }) => message)).toEqual([expect.stringContaining('Check the unit of Maj')]);
  });
});

test('positions are found under the names of other surveys', () => {
  const catalogue = toSourceCatalogue(
    tableOf({ RAJ2000: [350], DEJ2000: [-3], maj: [7], min: [6], total_flux: [1], PEAK_FLUX: [1] }),
    'x.csv',
  );
  expect([catalogue.raDeg[0], catalogue.decDeg[0], catalogue.name[0]]).toEqual([350, -3, 'ILTJ232000.00-030000.0']);
});

test('repeated names are counted as a Set counts them, whatever the names', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('', 'ILTJ1', 'é', '\u{1F30C}'))),
      (names) => {
        expect(countRepeated(names)).toBe(names.length - new Set(names).size);
      },
    ),
    { seed: 1 },
  );
});

test('names kept as bytes are counted as their strings are', () => {
  const widthBytes = 6;
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[A-C ]{0,6}$/).map((name) => name.trimEnd())), (names) => {
      const bytes = new TextEncoder().encode(names.map((name) => name.padEnd(widthBytes)).join(''));
      expect(countRepeatedStored({ bytes, widthBytes })).toBe(countRepeated(names));
    }),
    { seed: 1 },
  );
});
