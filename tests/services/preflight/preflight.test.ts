import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsImageBytes } from '../../../src/core/fits/write.ts';
import type { CutoutGeometry } from '../../../src/core/cutout/cutout-recipe.ts';
import { withGeometry } from '../../../src/core/network/geometry.ts';
import { recipeOf } from '../../../src/core/network/presets.ts';
import type { PreflightReport } from '../../../src/contract/schemas.ts';
import { preflightReport } from '../../../src/contract/schemas.ts';
import { assignMosaics } from '../../../src/services/inference/assign-mosaics.ts';
import type { FieldFiles } from '../../../src/contract/field-files.ts';
import { openField } from '../../../src/services/inference/open-field.ts';
import type { InstalledModel } from '../../../src/services/preflight/preflight.ts';
import { preflight } from '../../../src/services/preflight/preflight.ts';
import { writeTableFile } from '../../../src/services/table-writers/write-table-file.ts';
import { lotssTable, tableOf } from '../../core/catalogue/catalogue-tables.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-preflight-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const SIDE = 600;

/** A mosaic of noise around RA 205°, Dec 55°; its left third is blank. */
function writeMosaic(name: string, scaleArcsec: number, cards: Readonly<Record<string, number>>): string {
  const path = join(folder, name);
  const pixels = Float32Array.from({ length: SIDE * SIDE }, (_, i) =>
    i % SIDE < SIDE / 3 ? Number.NaN : (((i * 2_654_435_761) % 1000) - 500) * 1e-7,
  );
  const all = {
    CTYPE1: 'RA---SIN',
    CTYPE2: 'DEC--SIN',
    CRVAL1: 205,
    CRVAL2: 55,
    CRPIX1: SIDE / 2,
    CRPIX2: SIDE / 2,
    CDELT1: -scaleArcsec / 3600,
    CDELT2: scaleArcsec / 3600,
    BUNIT: 'JY/BEAM',
    ...cards,
  };
  const given = Object.entries(all).map(([keyword, value]) => ({ keyword, value }));
  writeFileSync(path, fitsImageBytes({ pixels, widthPix: SIDE, heightPix: SIDE, cards: given }));
  return path;
}

async function reportOf(
  files: FieldFiles,
  geometry?: CutoutGeometry,
  installed: readonly InstalledModel[] = [],
): Promise<PreflightReport> {
  const recipe = withGeometry(recipeOf('compact'), geometry);
  const field = await openField(files, recipe.features);
  try {
    const assignment = await assignMosaics(field.catalogue, field.mosaics);
    const report = await preflight(field, assignment, recipe, installed[0], installed);
    // What crosses the wire is what the contract says, and nothing else.
    expect(preflightReport.parse(report)).toEqual(report);
    return report;
  } finally {
    await field.close();
  }
}

async function catalogue(
  name: string,
  more: Readonly<Record<string, readonly (number | string)[]>> = {},
): Promise<string> {
  const path = join(folder, name);
  // In the middle, near the blank third, twice at one place, and far off.
  const ra = [205, 205.1, 205.02, 205.02, 210];
  const dec = [55, 55, 55.03, 55.0302, 55];
  await writeTableFile(path, lotssTable(ra, dec, more));
  return path;
}

describe('the report before a run', () => {
  test('counts rows, rules, cutouts at edges and duplicates, and says what is missing', async () => {
    const report = await reportOf({
      mosaics: [writeMosaic('a.fits', 1.5, { BMAJ: 6 / 3600, BMIN: 6 / 3600 })],
      catalogue: await catalogue('a.srl.fits', {
        'Maj [arcsec]': [7, 20, 20, 20, 7],
        Mosaic_ID: ['P1', 'P1', 'P1', 'P2', 'P1'],
        'Total_flux [mJy]': [1, 1, 1, 1, -1],
      }),
    });
    expect(report).toMatchObject({ rows: 5, dialect: 'lotss', sisg: { count: 2 }, outOfDomain: [] });
    expect(report.sisg.rules.map(({ holds, left }) => [holds, left])).toEqual([
      [2, 2],
      [3, 2],
      [5, 2],
      [0, 2],
    ]);
    expect(report.cutouts).toMatchObject({ onMosaic: 4, outside: 1, sampled: 3 });
    expect(report.cutouts.validFraction.reduce((sum, { rows }) => sum + rows, 0)).toBe(3);
    expect(report.cutouts.validFraction.find(({ range }) => range === '1')!.rows).toBeLessThan(3);
    expect(report.duplicates).toMatchObject({
      pairs: 1,
      examples: [{ name: 'S2', other: 'S3', kind: 'mosaics', mosaics: ['P1', 'P2'] }],
    });
    expect(report.notices.join(' ')).toContain(
      '1 pair of rows is one source each, found in two overlapping mosaics: S2 of P1 and S3 of P2',
    );
    expect(report.unusable).toEqual([{ column: 'Total_flux', rows: 1 }]);
    expect(report.run).toMatchObject({ modelId: null, isTrained: null, networkRows: 3 });
    expect(report.missing.map(({ what }) => what)).toEqual([
      'likelihood ratios (lr, lr_dist, or --lr)',
      'Gaussians (--gaussians)',
      'PA',
      'Isl_rms',
      'large_optical',
    ]);
  });

  test('warns of pixels of 2.5″ and of a beam of 15″, which no model was made for', async () => {
    const report = await reportOf({
      mosaics: [writeMosaic('b.fits', 2.5, { BMAJ: 15 / 3600, BMIN: 15 / 3600 })],
      catalogue: await catalogue('b.srl.fits'),
    });
    expect(report.outOfDomain[0]).toContain('Pixels are 2.50″, the model was made for 1.5″: its cutouts show 320″');
    expect(report.outOfDomain[1]).toContain('The beam is 15.00″, the model was made for 6″');
    expect(report.run).toMatchObject({ geometry: 'pixels', geometryAdvised: 'angular' });
  });

  test('with cutouts of fixed angular size says that they are resampled, and that the beam still differs', async () => {
    const report = await reportOf(
      {
        mosaics: [writeMosaic('d.fits', 2.5, { BMAJ: 15 / 3600, BMIN: 15 / 3600 })],
        catalogue: await catalogue('d.srl.fits'),
      },
      'angular',
    );
    expect(report.outOfDomain[0]).toContain('cutouts are resampled to 1.5″ and show 192″ of sky');
    expect(report.outOfDomain[1]).toContain('The beam is 15.00″');
    expect(report.run).toMatchObject({ geometry: 'angular', geometryAdvised: 'angular' });
    // The mosaic's left third is blank, and so are cutouts there: they are looked at as they would be made.
    expect(report.cutouts.sampled).toBeGreaterThan(0);
  });

  test('advises a trained model that takes no likelihood ratios where there are none, and no other where there are', async () => {
    const model = (id: string, preset: 'compact' | 'no-lr', isTrained = true): InstalledModel => ({
      ...{ id, isTrained },
      recipe: recipeOf(preset),
    });
    const installed = [model('takes-lr', 'compact'), model('untrained', 'no-lr', false), model('takes-none', 'no-lr')];
    const mosaics = [writeMosaic('e.fits', 1.5, { BMAJ: 6 / 3600, BMIN: 6 / 3600 })];
    const without = { mosaics, catalogue: await catalogue('e.srl.fits') };
    expect((await reportOf(without, 'pixels', installed)).run.modelAdvised).toBe('takes-none');
    expect((await reportOf(without, 'pixels', installed.slice(0, 2))).run.modelAdvised).toBeNull();
    const ratios = { lr: [1, 1, 1, 1, 1], 'lr_dist [arcsec]': [1, 1, 1, 1, 1] };
    const withThem = { mosaics, catalogue: await catalogue('f.srl.fits', ratios) };
    expect((await reportOf(withThem, 'pixels', installed)).run.modelAdvised).toBeNull();
  });

  test('counts what joined of the files beside the catalogue, by name and by position', async () => {
    const lr = join(folder, 'lr.fits');
    await writeTableFile(
      lr,
      tableOf({
        Source_Name: ['S0', 'elsewhere', 'another'],
        'RA [deg]': [1, 205.1, 99],
        'DEC [deg]': [1, 55, 9],
        lr: [3, 4, 5],
        'lr_dist [arcsec]': [1, 1, 1],
      }),
    );
    const report = await reportOf({
      mosaics: [writeMosaic('e.fits', 1.5, { BMAJ: 6 / 3600, BMIN: 6 / 3600 })],
      catalogue: await catalogue('e.srl.fits'),
      lr,
    });
    expect(report.joins).toEqual([
      {
        what: 'likelihood ratios',
        path: lr,
        fileRows: 3,
        joinedRows: 2,
        sourcesByName: 1,
        sourcesById: 0,
        sourcesByPosition: 1,
        sourcesWithout: 3,
      },
    ]);
    expect(report.holds).toEqual([]);
  });

  test('says that a mosaic does not name its beam', async () => {
    const report = await reportOf({
      mosaics: [writeMosaic('c.fits', 1.5, {})],
      catalogue: await catalogue('c.srl.fits'),
    });
    expect(report.outOfDomain).toEqual(['1 of 1 mosaics do not say what their beam is.']);
    expect(report.mosaics.beamMajArcsec).toBeNull();
  });
});
