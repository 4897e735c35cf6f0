import { describe, expect, test } from 'vitest';
import type { QuantityKind } from '../../../src/core/catalogue/unit-conversion.ts';
import { conversionFactor } from '../../../src/core/catalogue/unit-conversion.ts';

describe('units that mean something else are not converted', () => {
  test.each<[string, QuantityKind]>([
    ['furlong', 'size/arcsec'],
    ['mJy', 'size/arcsec'],
    ['arcsec', 'flux/mJy'],
    ['W m-2', 'flux/mJy'],
    ['Jy/sr', 'brightness/mJy per beam'],
    ['mag', 'brightness/mJy per beam'],
    ['', 'flux/mJy'],
    // Mega or a shouted milli: nine orders of magnitude apart, so it is refused.
    ['MJy', 'flux/mJy'],
    ['MJy/beam', 'brightness/mJy per beam'],
    ['constructor', 'size/arcsec'],
    ['toStringJy', 'flux/mJy'],
  ])('"%s" as %s', (unit, kind) => {
    expect(conversionFactor(unit, kind)).toBeUndefined();
  });
});

describe('every spelling that radio software uses is understood', () => {
  test.each<[string, QuantityKind, number]>([
    ['deg', 'position/deg', 1],
    ['degree', 'position/deg', 1],
    ['Degrees', 'angle/deg', 1],
    ['deg', 'size/arcsec', 3600],
    ['arcsec', 'size/arcsec', 1],
    ['"', 'size/arcsec', 1],
    ['arcmin', 'size/arcsec', 60],
    ['mas', 'size/arcsec', 0.001],
    ['Jy', 'flux/mJy', 1000],
    ['JY', 'flux/mJy', 1000],
    ['mJy', 'flux/mJy', 1],
    ['MJY', 'flux/mJy', 1],
    ['uJy', 'flux/mJy', 0.001],
    ['µJy', 'flux/mJy', 0.001],
    ['beam-1 mJy', 'brightness/mJy per beam', 1],
    ['mJy/beam', 'brightness/mJy per beam', 1],
    ['mJy beam-1', 'brightness/mJy per beam', 1],
    ['mJy beam^-1', 'brightness/mJy per beam', 1],
    ['mJy.beam**-1', 'brightness/mJy per beam', 1],
    ['mJy beam**(-1)', 'brightness/mJy per beam', 1],
    ['JY/BEAM', 'brightness/mJy per beam', 1000],
    ['MJY/BEAM', 'brightness/mJy per beam', 1],
    ['Jy/bm', 'brightness/mJy per beam', 1000],
    ['Jy per beam', 'brightness/mJy per beam', 1000],
    ['[mJy/beam]', 'brightness/mJy per beam', 1],
  ])('"%s" as %s is %d', (unit, kind, factor) => {
    // One rounding of a decimal reciprocal, as 1/60.
    expect(conversionFactor(unit, kind)).toBeCloseTo(factor, 12);
  });
});
