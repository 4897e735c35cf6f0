import { describe, expect, test } from 'vitest';
import { iltName } from '../../../src/core/sky/ilt-name.ts';

describe('the survey name of a position', () => {
  test.each([
    // Published pairs of LoTSS DR1.
    [220.82511725201545, 54.04997453184971, 'ILTJ144318.03+540259.9'],
    [0, 0, 'ILTJ000000.00+000000.0'],
    [0.00001, -0.00001, 'ILTJ000000.00-000000.0'],
    [187.5, 90, 'ILTJ123000.00+900000.0'],
    [187.5, -90, 'ILTJ123000.00-900000.0'],
  ])('%d, %d is %s', (ra, dec, name) => {
    expect(iltName(ra, dec)).toBe(name);
  });

  test('just below 24 h it rounds to 0 h, never to 24', () => {
    expect(iltName(359.99999, 10)).toBe('ILTJ000000.00+100000.0');
  });

  test('59.995 s rounds into the next minute', () => {
    expect(iltName(15 * (1 + 59.996 / 3600), 10)).toBe('ILTJ010100.00+100000.0');
  });

  test('declination is rounded to 0.01″, then cut', () => {
    expect(iltName(0, 10 + 0.949 / 3600)).toBe('ILTJ000000.00+100000.9');
    expect(iltName(0, 10 + 0.996 / 3600)).toBe('ILTJ000000.00+100001.0');
  });
});
