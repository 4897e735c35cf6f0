import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ClassifiedBatch } from '../../src/services/inference/classify-field.ts';
import { classifyField } from '../../src/services/inference/classify-field.ts';
import type { Prediction } from '../../src/core/classification/prediction.ts';
import { makeCutout, placeWindow } from '../../src/core/cutout/make-cutout.ts';
import { recipeOf } from '../../src/core/network/presets.ts';
import type { Field } from '../../src/services/inference/open-field.ts';
import { openField } from '../../src/services/inference/open-field.ts';
import { hasRealdata, realdataPath } from '../realdata.ts';

/** Made by astropy and numpy: scripts/fixtures/make_real_dr1.py. */
const expected = JSON.parse(readFileSync(new URL('../fixtures/real_dr1.json', import.meta.url), 'utf8')) as {
  rowCount: number;
  rows: { row: number; x: number; y: number; validFraction: number; centre: number; sigma: number }[];
};

describe.skipIf(!hasRealdata('08_LoTSS_DR1_cutouts'))('a real piece of LoTSS DR1 and 12,093 real rows', () => {
  let field: Field;
  const predictions: Prediction[] = [];
  const batches: ClassifiedBatch[] = [];

  beforeAll(async () => {
    const recipe = recipeOf('compact');
    field = await openField(
      {
        mosaics: [realdataPath('08_LoTSS_DR1_cutouts', 'P205+55-mosaic.fits')],
        catalogue: realdataPath('08_LoTSS_DR1_cutouts', 'catalog_shimwell_reduced.srl.fits'),
      },
      recipe.features,
    );
    const network = {
      probabilities: ({ rowCount }: { rowCount: number }) => Promise.resolve(new Float32Array(rowCount).fill(0.25)),
    };
    for await (const batch of classifyField(field, network, { recipe, moments: undefined, scoreSisg: false })) {
      batches.push(batch);
      predictions.push(...batch.predictions);
    }
    predictions.sort((a, b) => a.row - b.row);
  });
  afterAll(() => field.close());

  test('every row is answered once', () => {
    expect(predictions.map(({ row }) => row)).toEqual(Array.from({ length: expected.rowCount }, (_, row) => row));
  });

  test('7,009 rows are SISG: 57.96 %', () => {
    expect(predictions.filter(({ status }) => status === 'sisg')).toHaveLength(7009);
  });

  test('27 rows lie on the piece, 16 of them SISG, and the 11 others all have partial windows', () => {
    const onPiece = predictions.filter(({ mosaic }) => mosaic === 0);
    expect(onPiece.map(({ row }) => row)).toEqual(expected.rows.map(({ row }) => row));
    expect(onPiece.filter(({ status }) => status === 'sisg')).toHaveLength(16);
    const classified = onPiece.filter(({ status }) => status === 'classified');
    expect(classified).toHaveLength(11);
    expect(classified.every(({ validFraction }) => validFraction < 1)).toBe(true);
    expect(classified.every(({ probability }) => probability === 0.25)).toBe(true);
  });

  test('the finite share of each window is numpy’s', () => {
    for (const { row, validFraction } of expected.rows) {
      // A count divided by 65,536: exact in both.
      expect(Math.abs(predictions[row]!.validFraction - validFraction)).toBeLessThan(1e-12);
    }
  });

  test('rows off the piece have no window, so no valid fraction and no probability', () => {
    const elsewhere = predictions.filter(({ mosaic }) => mosaic < 0);
    expect(elsewhere).toHaveLength(expected.rowCount - 27);
    expect(
      elsewhere.every(({ validFraction, probability }) => Number.isNaN(validFraction) && Number.isNaN(probability)),
    ).toBe(true);
  });

  test('positions agree with astropy to 1e-6 pixel and noise scales with numpy to 1e-9 σ', async () => {
    const mosaic = field.mosaics[0]!;
    const { cutout: recipe } = recipeOf('compact');
    for (const { row, x, y, centre, sigma } of expected.rows) {
      const position = { ra: field.catalogue.raDeg[row]! as never, dec: field.catalogue.decDeg[row]! as never };
      const pixel = mosaic.wcs.skyToPixel(position)!;
      expect(Math.hypot(pixel.x - x, pixel.y - y)).toBeLessThan(1e-6);
      const cutout = makeCutout(await mosaic.readPixels(placeWindow(pixel, 256)), recipe);
      expect(Math.abs(cutout.centre - centre)).toBeLessThan(1e-9 * sigma);
      expect(Math.abs(cutout.sigma - sigma)).toBeLessThan(1e-9 * sigma);
    }
  });

  test('a run that starts at a later batch gives the rest of the same batches', async () => {
    const recipe = recipeOf('compact');
    const network = {
      probabilities: ({ rowCount }: { rowCount: number }) => Promise.resolve(new Float32Array(rowCount).fill(0.25)),
    };
    const rest: ClassifiedBatch[] = [];
    const options = { recipe, moments: undefined, scoreSisg: false, fromBatch: batches.length - 2 };
    for await (const batch of classifyField(field, network, options)) rest.push(batch);
    expect(rest).toEqual(batches.slice(-2));
  });
});
