import { describe, expect, test } from 'vitest';
import { parseColumnMap } from '../../../src/core/catalogue/column-map.ts';
import { toSourceCatalogue } from '../../../src/core/catalogue/read-catalogue.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { lotssTable, refusalOf, tableOf } from './catalogue-tables.ts';

const aegean = {
  island: [1],
  source: [0],
  local_rms: [0.05],
  ra: [293.15643],
  err_ra: [0.0056],
  dec: [-65.26267],
  err_dec: [0.0156],
  peak_flux: [0.5],
  int_flux: [0.6],
  a: [955],
  err_a: [33],
  b: [891],
  pa: [-1.5],
};

describe('the columns of other source finders', () => {
  test('Aegean writes degrees, Jy and FWHM in arcsec without naming units', () => {
    const catalogue = toSourceCatalogue(tableOf(aegean), 'comp.fits');
    expect(catalogue).toMatchObject({ dialect: 'aegean', hasOwnNames: false });
    expect([catalogue.raDeg[0], catalogue.majArcsec[0], catalogue.minArcsec[0], catalogue.paDeg[0]]).toEqual([
      293.15643, 955, 891, -1.5,
    ]);
    expect([catalogue.totalFluxMjy[0], catalogue.peakFluxMjyPerBeam[0], catalogue.islandRmsMjyPerBeam[0]]).toEqual([
      600, 500, 50,
    ]);
    expect(catalogue.notices[0]!.message).toContain('as Aegean writes them: a as arcsec');
  });

  test('Selavy writes mJy and arcsec, with or without the prefix of CASDA', () => {
    const plain = {
      component_name: ['J1'],
      ra_deg_cont: [10],
      dec_deg_cont: [-45],
      flux_peak: [1.2],
      flux_int: [1.5],
      maj_axis: [14],
      min_axis: [12],
      pos_ang: [30],
      rms_image: [0.2],
    };
    const casda = Object.fromEntries(Object.entries(plain).map(([name, values]) => [`col_${name}`, values]));
    for (const columns of [plain, casda]) {
      const catalogue = toSourceCatalogue(tableOf(columns), 'selavy.xml');
      expect(catalogue).toMatchObject({ dialect: 'selavy', name: ['J1'] });
      expect([
        catalogue.raDeg[0],
        catalogue.majArcsec[0],
        catalogue.totalFluxMjy[0],
        catalogue.islandRmsMjyPerBeam[0],
      ]).toEqual([10, 14, 1.5, 0.2]);
    }
  });

  test('SoFiA measures sizes in pixels, which a catalogue alone cannot convert', () => {
    const sofia = tableOf({ name: ['S'], ra: [10], dec: [20], f_sum: [1], f_max: [1], ell_maj: [4], ell_min: [3] });
    expect(describeError(refusalOf(() => toSourceCatalogue(sofia, 'cat.xml')))).toBe(
      'cat.xml: column ell_maj has the unit "pix", which Lobate cannot convert. ' +
        'Convert it in the file, or take another column (--map).',
    );
  });

  test('a column called a is no major axis in a table of somebody else', () => {
    const table = tableOf({ RA: [1], DEC: [1], a: [7], b: [6], Total_flux: [1], Peak_flux: [1] });
    expect(refusalOf(() => toSourceCatalogue(table, 'x.csv'))).toMatchObject({
      kind: 'catalogue-column-missing',
      column: 'Maj',
    });
  });
});

describe('columns that the astronomer maps himself', () => {
  const table = (): ReturnType<typeof tableOf> =>
    tableOf({ RA: [1], DEC: [2], 'big [arcsec]': [7], 'small [arcsec]': [6], 'S [mJy]': [3], 'P [mJy/beam]': [2] });
  const pairs = ['maj=big', 'Min=small', 'Total_flux=S', 'Peak_flux = P'];

  test('are used in place of any other', () => {
    const catalogue = toSourceCatalogue(table(), 'x.csv', { columnMap: parseColumnMap(pairs) });
    expect([catalogue.majArcsec[0], catalogue.totalFluxMjy[0], catalogue.peakFluxMjyPerBeam[0]]).toEqual([7, 3, 2]);
  });

  test('win over a column of the right name', () => {
    const other = lotssTable([1], [2], { 'Other_maj [arcsec]': [9] });
    const catalogue = toSourceCatalogue(other, 'x.fits', { columnMap: parseColumnMap(['Maj=Other_maj']) });
    expect(catalogue.majArcsec[0]).toBe(9);
  });

  test('are refused in one sentence where the file does not have them', () => {
    const columnMap = parseColumnMap([...pairs, 'PA=turn']);
    expect(describeError(refusalOf(() => toSourceCatalogue(table(), 'x.csv', { columnMap })))).toBe(
      'x.csv: has no column turn, which Lobate needs. Its columns are: RA, DEC, big, small, S, P.',
    );
  });

  test.each([
    ['Maj', '--map: "Maj" is not of the form OUR=THEIRS, as in Maj=a.'],
    ['=a', '--map: "=a" is not of the form OUR=THEIRS, as in Maj=a.'],
    ['Major=a', '--map: there is no column Major to map; there are Source_Name, Source_id, RA, DEC'],
  ])('%s is refused in one sentence', (pair, sentence) => {
    expect(describeError(refusalOf(() => parseColumnMap([pair])))).toContain(sentence);
  });

  test('may not be mapped twice', () => {
    expect(describeError(refusalOf(() => parseColumnMap(['Maj=a', 'maj=b'])))).toBe(
      '--map: maj is mapped twice, to a and to b.',
    );
  });
});

describe('positions in other frames', () => {
  test('galactic ones are turned where there is no RA and DEC (astropy: SkyCoord.icrs)', () => {
    // astropy goes by way of FK5, ERFA and Lobate by the Hipparcos pole: 0.03″ apart.
    const sizes = {
      'Maj [arcsec]': [7, 7],
      'Min [arcsec]': [6, 6],
      'Total_flux [mJy]': [1, 1],
      'Peak_flux [mJy/beam]': [1, 1],
    };
    const catalogue = toSourceCatalogue(
      tableOf({ 'GLON [deg]': [0, 123.4], 'GLAT [deg]': [0, -56.7], ...sizes }),
      'x.csv',
    );
    expect(catalogue.raDeg[0]).toBeCloseTo(266.40498829, 4);
    expect(catalogue.decDeg[0]).toBeCloseTo(-28.93617776, 4);
    expect(catalogue.raDeg[1]).toBeCloseTo(13.11795728895951, 4);
    expect(catalogue.decDeg[1]).toBeCloseTo(6.170807917935864, 4);
    expect(catalogue.notices[0]!.message).toContain('galactic');
  });

  test('FK4 is refused: half a century of precession is half a degree', () => {
    const table = { ...lotssTable([1], [2]), skyFrame: 'FK4 B1950' };
    expect(describeError(refusalOf(() => toSourceCatalogue(table, 'x.vot')))).toContain('in the frame FK4 B1950');
  });

  test.each(['ICRS', 'FK5 J2000', 'FK5 2000.0', ''])('%s is read', (skyFrame) => {
    expect(toSourceCatalogue({ ...lotssTable([1], [2]), skyFrame }, 'x.vot').raDeg[0]).toBe(1);
  });
});

describe('units that the values betray are said and never corrected', () => {
  const rows = Array.from({ length: 12 }, (_, row) => row);
  const spread = (low: number, high: number): number[] => rows.map((row) => low + ((high - low) * row) / 11);
  const noticesOf = (
    more: Readonly<Record<string, readonly (number | string)[]>>,
    ra = spread(160, 165),
    dec = spread(50, 55),
  ): string =>
    toSourceCatalogue(lotssTable(ra, dec, more), 'x.fits')
      .notices.map(({ message }) => message)
      .join('\n');

  test('nothing is said of a usual catalogue', () => {
    expect(noticesOf({ 'PA [deg]': spread(0, 180), 'Isl_rms [mJy/beam]': spread(0.06, 0.2) })).toBe('');
  });
  test('Maj in degrees, called arcsec', () => {
    const text = noticesOf({ 'Maj [arcsec]': spread(0.0017, 0.02) });
    expect(text).toContain('its values, 0.0017 … 0.02, are read as arcsec and look like degrees');
    const kept = toSourceCatalogue(lotssTable([1], [2], { 'Maj [arcsec]': [0.002] }), 'x').majArcsec[0];
    expect(kept).toBe(0.002);
  });
  test('Maj in arcsec, called degrees', () => {
    expect(noticesOf({ 'Maj [deg]': spread(6, 40) })).toContain('looks like arcsec');
  });
  test('fluxes in Jy, called mJy', () => {
    const text = noticesOf({ 'Total_flux [mJy]': spread(0.0003, 0.2), 'Peak_flux [mJy/beam]': spread(2e-4, 1e-3) });
    expect(text).toContain('Peak_flux: its values, 0.0002 … 0.001, are read as mJy and look like Jy');
  });
  test('one flux in Jy and one in mJy', () => {
    const text = noticesOf({ 'Total_flux [mJy]': spread(1000, 3000), 'Peak_flux [mJy/beam]': spread(1, 3) });
    expect(text).toContain('too far apart for one survey');
  });
  test('the noise in another unit than the flux', () => {
    expect(noticesOf({ 'Isl_rms [mJy/beam]': spread(60, 200) })).toContain('Check the units of Peak_flux and Isl_rms');
  });
  test('right ascensions in hours', () => {
    expect(noticesOf({}, spread(10.6, 10.9))).toContain('look like hours');
  });
  test('a narrow field near RA 0 is no field in hours', () => {
    expect(noticesOf({}, spread(10, 15), spread(0, 5))).toBe('');
  });
  test('position angles in radians', () => {
    expect(noticesOf({ 'PA [deg]': spread(0, 3.14) })).toContain('look like radians');
  });
});
