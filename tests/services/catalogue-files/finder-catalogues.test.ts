import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseColumnMap } from '../../../src/core/catalogue/column-map.ts';
import { toSourceCatalogue } from '../../../src/core/catalogue/read-catalogue.ts';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { columnReportOfFile } from '../../../src/services/catalogue-files/column-report.ts';
import { readTableFile } from '../../../src/services/table-files/read-table-file.ts';
import { errorOf } from '../../expect-failure.ts';

const fixture = (name: string): string => resolve(import.meta.dirname, '../../fixtures/finders', name);

describe('a component catalogue as Selavy writes it', () => {
  test('is read with its names, degrees, arcsec and mJy', async () => {
    const path = fixture('selavy-image.islands.components.xml');
    const catalogue = toSourceCatalogue(await readTableFile(path), path);
    expect(catalogue.dialect).toBe('selavy');
    expect(catalogue.name).toEqual(['J202550-543145', 'J202601-543012']);
    expect([catalogue.raDeg[0], catalogue.decDeg[0]]).toEqual([306.46, -54.529167]);
    const [maj, flux, peak, rms] = [
      catalogue.majArcsec[0]!,
      catalogue.totalFluxMjy[0]!,
      catalogue.peakFluxMjyPerBeam[0]!,
      catalogue.islandRmsMjyPerBeam[0]!,
    ];
    // Single floats in the file.
    expect([maj, flux, peak, rms]).toEqual([15.8, 901.2, 812.5, 0.351].map(Math.fround));
  });

  test('its errors are found', async () => {
    const { choices } = await columnReportOfFile(fixture('selavy-image.islands.components.xml'), { map: [] });
    const found = (title: string) => choices.find((choice) => choice.title === title)?.found;
    expect(['E_RA', 'E_Total_flux', 'E_Peak_flux'].map(found)).toEqual(['ra_err', 'flux_int_err', 'flux_peak_err']);
  });
});

describe('a catalogue as SoFiA writes it', () => {
  const path = fixture('sofia_cat.xml');

  test('is refused, since its sizes are in pixels, and the sentence says what to do', async () => {
    const table = await readTableFile(path);
    expect(describeError(errorOf(() => toSourceCatalogue(table, 'sofia_cat.xml')))).toBe(
      'sofia_cat.xml: column ell_maj has the unit "pix", which Lobate cannot convert. ' +
        'Convert it in the file, or take another column (--map).',
    );
  });

  test('all its other columns are understood, but for the flux of a cube, which is in Jy*Hz', async () => {
    const { choices } = await columnReportOfFile(path, { map: [] });
    const read = choices.filter(({ found, problem }) => found !== null && problem === null);
    expect(read.map(({ title, found, unit }) => `${title}=${found} ${unit}`.trim())).toEqual([
      'RA=ra deg',
      'DEC=dec deg',
      'Peak_flux=f_max Jy/beam',
      'Source_Name=name',
      'PA=ell_pa deg',
      'Isl_rms=rms Jy/beam',
    ]);
    expect(choices.filter(({ problem }) => problem === 'unit-unknown').map(({ title }) => title)).toEqual([
      'Maj',
      'Min',
      'Total_flux',
    ]);
  });

  test('with sizes in arcsec and fluxes in Jy in columns of other names, it is read under a map', async () => {
    const { columns, ...table } = await readTableFile(path);
    const converted: Readonly<Record<string, string>> = { ell_maj: 'arcsec', ell_min: 'arcsec', f_sum: 'Jy' };
    const sized = columns.map((column) => {
      const unit = converted[column.name];
      return unit === undefined ? column : { ...column, name: `${column.name}_${unit.toLowerCase()}`, unit };
    });
    const columnMap = parseColumnMap([
      'Maj=ell_maj_arcsec',
      'Min=ell_min_arcsec',
      'Total_flux=f_sum_jy',
      'Peak_flux=f_max',
    ]);
    const catalogue = toSourceCatalogue({ ...table, columns: sized }, path, { columnMap });
    expect([catalogue.majArcsec[0], catalogue.totalFluxMjy[0], catalogue.peakFluxMjyPerBeam[0]]).toEqual([
      5.2, 340_000, 2.1,
    ]);
  });
});
