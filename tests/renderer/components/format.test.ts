import { describe, expect, it } from 'vitest';
import {
  angle,
  count,
  duration,
  fileSize,
  fixed,
  flux,
  percent,
  probability,
  probabilityChange,
  significant,
} from '../../../src/renderer/components/format.ts';

describe('numbers on screen', () => {
  it('an unknown value is an en dash, never NaN, null or zero', () => {
    for (const unknown of [Number.NaN, null, undefined]) {
      expect(fixed(unknown, 2)).toBe('–');
      expect(significant(unknown)).toBe('–');
      expect(probability(unknown)).toBe('–');
      expect(percent(unknown)).toBe('–');
      expect(flux(unknown)).toEqual({ number: '–', unit: '' });
      expect(angle(unknown)).toEqual({ number: '–', unit: '' });
    }
  });

  it('negative numbers carry a real minus sign, and a rounded-away negative is plain zero', () => {
    expect(fixed(-134.82, 1)).toBe('−134.8');
    expect(fixed(-0.001, 2)).toBe('0.00');
  });

  it('a change of P(MC) has its sign, and one that is too small for its digits is never a plain zero', () => {
    expect([0.25, -0.25, 0].map(probabilityChange)).toEqual(['+0.250', '−0.250', '0.000']);
    expect([0.0004, -0.0004].map(probabilityChange)).toEqual(['+<0.001', '−<0.001']);
    expect(probabilityChange(Number.NaN)).toBe('–');
  });

  it('significant digits are kept on both sides of one, and rounding up a decade does not add a digit', () => {
    expect(significant(0.0012345)).toBe('0.00123');
    expect(significant(12.345)).toBe('12.3');
    expect(significant(123.45)).toBe('123');
    expect(significant(9.996)).toBe('10.0');
    expect(significant(0)).toBe('0');
  });

  it('what is very large or small is written with a power of ten', () => {
    expect(significant(1e-135)).toBe('1.00 × 10⁻¹³⁵');
    expect(significant(-2.5e9, 2)).toBe('−2.5 × 10⁹');
  });

  it('a probability is not rounded to certainty while something is left', () => {
    expect(probability(0.99999)).toBe('>0.999');
    expect(probability(0.00001)).toBe('<0.001');
    expect(probability(1)).toBe('1.000');
    expect(probability(0)).toBe('0.000');
    expect(probability(0.4567)).toBe('0.457');
  });

  it('flux densities move to µJy below 0.1 mJy and to Jy from 1000 mJy', () => {
    expect(flux(0.0652, true)).toEqual({ number: '65.2', unit: 'µJy/beam' });
    expect(flux(0.53)).toEqual({ number: '0.530', unit: 'mJy' });
    expect(flux(1170)).toEqual({ number: '1.17', unit: 'Jy' });
  });

  it('angles are in arcseconds below one arcminute, then arcminutes, then degrees', () => {
    expect(angle(44.04)).toEqual({ number: '44.0', unit: '″' });
    expect(angle(90)).toEqual({ number: '1.50', unit: '′' });
    expect(angle(5400)).toEqual({ number: '1.50', unit: '°' });
  });

  it('durations, counts, sizes and shares read as words do', () => {
    expect(duration(4120)).toBe('1 h 9 min');
    expect(duration(45)).toBe('45 s');
    expect(duration(0.2)).toBe('under 1 s');
    expect(duration(0)).toBe('0 s');
    expect(duration(7200)).toBe('2 h');
    expect(duration(198_000)).toBe('2 d 7 h');
    expect(count(325_694)).toBe('325,694');
    expect(count(999)).toBe('999');
    expect(fileSize(324_000_000)).toBe('324 MB');
    expect(fileSize(2_400_000)).toBe('2.4 MB');
    expect(percent(0.652)).toBe('65.2 %');
    expect(percent(0.99999)).toBe('> 99.9 %');
    expect(percent(1)).toBe('100 %');
  });
});
