import { describe, expect, test } from 'vitest';
import { computeFeatures } from '../../src/core/features/compute-features.ts';
import { featureNamed } from '../../src/core/features/feature-definitions.ts';
import type { FeatureInputs } from '../../src/core/features/feature-inputs.ts';
import { lrThresholdAt } from '../../src/core/features/likelihood-scale.ts';
import { FEATURE_RECIPES, PUBLISHED_FEATURES } from '../../src/core/features/presets.ts';
import { iltName } from '../../src/core/sky/ilt-name.ts';
import { findColumn, numbersOf } from '../../src/core/table/table.ts';
import { loadCatalogue } from '../../src/services/catalogue-files/load-catalogue.ts';
import { loadLabels } from '../../src/services/catalogue-files/load-labels.ts';
import { hasRealdata, realdataPath } from '../realdata.ts';

const P21 = ['01_laraalegre_LOFAR_LR_VS_LGZ_CC0', 'P21_features.fits'] as const;
const DR1 = ['08_LoTSS_DR1_cutouts', 'catalog_shimwell_reduced.srl.fits'] as const;
const PYBDSF = '04_lofar-astron_PyBDSF_GPL3';

describe.skipIf(!hasRealdata(...P21))(
  "the authors' feature table of LoTSS DR2 pointing P21 is reproduced",
  async () => {
    const loaded = await loadCatalogue({ catalogue: realdataPath(...P21) });
    const { catalogue, gaussians, likelihood } = loaded;
    const recipe = FEATURE_RECIPES['gbc-code'];
    const features = computeFeatures(catalogue, { gaussians, likelihood }, recipe);

    test('it has 6,084 sources, its own Gaussians and likelihood ratios, and units that had to be inferred', () => {
      expect([catalogue.rowCount, catalogue.dialect, loaded.hasGaussians, loaded.hasLikelihoodRatios]).toEqual([
        6084,
        'feature-table',
        true,
        true,
      ]);
      expect(loaded.notices.map(({ message }) => message).join()).toContain('Maj as arcsec');
    });

    const theirs = (column: string): Float64Array => numbersOf(findColumn(catalogue.table, column)!)!;
    const inputs: FeatureInputs = {
      catalogue,
      gaussians,
      likelihood,
      neighbours: features.neighbours,
      recipe,
      lrThreshold: catalogue.raDeg.map((ra, row) => lrThresholdAt(recipe, ra, catalogue.decDeg[row]!)),
    };
    test.each([
      ['NN_dist', 'NN_dist'],
      ['NN_flux_ratio', 'NN_flux_ratio'],
      ['NN_45', 'NN_45'],
      ['gauss_flux_ratio', 'gauss_flux_ratio'],
      ['log_n_gauss', 'log_n_gauss'],
      ['log_lr_tlv', 'log_lr_tlv'],
      ['log_gauss_lr_tlv', 'log_gauss_lr_tlv'],
      ['log_highest_lr_tlv', 'log_highest_lr_tlv'],
      ['NN_log_lr_tlv', 'log_NN_lr_tlv'],
      ['lr_dist', 'lr_dist'],
      ['gauss_lr_dist', 'gauss_lr_dist'],
      ['NN_lr_dist', 'NN_lr_dist'],
      ['gauss_maj', 'gauss_maj'],
    ])('%s is their %s to 1e-9 in every row', (ours, column) => {
      const definition = featureNamed(ours)!;
      const expected = theirs(column);
      let worst = 0;
      for (let row = 0; row < catalogue.rowCount; row++) {
        const value = definition.value(inputs, row);
        const used = Number.isNaN(value) ? definition.standIn(inputs, row) : value;
        worst = Math.max(worst, Math.abs(used - expected[row]!));
      }
      expect(worst).toBeLessThan(1e-9);
    });

    test('27 of its likelihood ratios are null', () => {
      expect(likelihood.lr.filter(Number.isNaN)).toHaveLength(27);
    });

    test('every row can be classified', () => {
      expect(features.unusable.filter((reason) => reason !== '')).toEqual([]);
    });
  },
);

describe.skipIf(!hasRealdata(...DR1))('12,093 rows of LoTSS DR1', async () => {
  const { catalogue, gaussians, likelihood, hasGaussians, notices } = await loadCatalogue({
    catalogue: realdataPath(...DR1),
  });
  const features = computeFeatures(catalogue, { gaussians, likelihood }, PUBLISHED_FEATURES);

  test('need no guessed unit', () => {
    expect([catalogue.dialect, catalogue.rowCount, hasGaussians]).toEqual(['lotss', 12093, false]);
    expect(notices.some(({ message }) => message.includes('without a unit'))).toBe(false);
  });

  test('7,009 of them are SISG', () => {
    expect(features.sisg.filter((flag) => flag === 1)).toHaveLength(7009);
  });

  test('only M sources have imputed Gaussians', () => {
    const imputed = catalogue.sCode.filter((_, row) => gaussians.imputed[row] === 1);
    expect(new Set(imputed)).toEqual(new Set(['M']));
    expect(imputed).toHaveLength(catalogue.sCode.filter((code) => code === 'M').length);
  });

  test('their published names follow from their positions, but for one that rounds at 0.005 s', () => {
    const other = catalogue.name.filter((name, row) => name !== iltName(catalogue.raDeg[row]!, catalogue.decDeg[row]!));
    expect(other).toEqual(['ILTJ142600.00+553933.5']);
  });
});

describe.skipIf(!hasRealdata(PYBDSF))('a raw PyBDSF run on Abell 2255', async () => {
  const file = (ending: string): string => realdataPath(PYBDSF, `tbdsf_process_image.in_fits.pybdsf.${ending}`);
  const { catalogue, gaussians, likelihood } = await loadCatalogue({
    catalogue: file('srl.FITS'),
    gaussians: file('gaul.FITS'),
  });

  test('43 sources in degrees and jansky, with their 48 Gaussians joined by Source_id', () => {
    expect([catalogue.dialect, catalogue.rowCount]).toEqual(['pybdsf', 43]);
    expect(catalogue.majArcsec[0]).toBeCloseTo(0.02184553198636 * 3600, 3);
    expect(catalogue.totalFluxMjy[0]).toBeCloseTo(37.4973944289523, 10);
    expect(gaussians.count.reduce((sum, count) => sum + count, 0)).toBe(48);
    expect([...gaussians.imputed].every((flag) => flag === 0)).toBe(true);
  });

  test('S and C sources have one Gaussian and M sources more, as PyBDSF says', () => {
    catalogue.sCode.forEach((code, row) => expect(gaussians.count[row]! > 1, catalogue.name[row]).toBe(code === 'M'));
  });

  test("are the same from PyBDSF's ASCII lists, whose units have to be inferred", async () => {
    const ascii = await loadCatalogue({ catalogue: file('srl'), gaussians: file('gaul') });
    expect(ascii.notices.map(({ message }) => message).join()).toContain('Maj as deg');
    expect([...ascii.gaussians.count]).toEqual([...gaussians.count]);
    ascii.catalogue.totalFluxMjy.forEach((flux, row) => {
      // The lists have 14 decimals of a jansky.
      expect(Math.abs(flux / catalogue.totalFluxMjy[row]! - 1)).toBeLessThan(1e-9);
    });
  });

  test('have features, but for those with a negative flux', () => {
    const features = computeFeatures(catalogue, { gaussians, likelihood }, PUBLISHED_FEATURES);
    const expected = Array.from(catalogue.totalFluxMjy, (flux) => (flux > 0 ? '' : 'Total_flux'));
    expect(features.unusable).toEqual(expected);
  });
});

const LABELS = ['09_derived_labels', 'derived_labels.csv'] as const;
describe.skipIf(!hasRealdata(...DR1) || !hasRealdata(...LABELS))('labels derived from published names', async () => {
  const { catalogue } = await loadCatalogue({ catalogue: realdataPath(...DR1) });
  const labels = await loadLabels(realdataPath(...LABELS), catalogue.name, undefined);
  const rowsOf = (label: string): number[] =>
    catalogue.name.flatMap((_, row) => (labels.labelClass[row] === label ? [row] : []));

  test('are 87 MC rows in 34 sources and 102 S rows; the others are unlabelled, not artefacts', () => {
    expect([rowsOf('MC').length, rowsOf('S').length, rowsOf('artefact').length]).toEqual([87, 102, 0]);
    expect(new Set(rowsOf('MC').map((row) => labels.physicalSource[row])).size).toBe(34);
  });
});
