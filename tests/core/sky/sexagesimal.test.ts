import { expect, test } from 'vitest';
import { formatDeclination, formatRightAscension } from '../../../src/core/sky/sexagesimal.ts';

test('a missing coordinate is the empty text, not zero', () => {
  expect(formatRightAscension(Number.NaN)).toBe('');
  expect(formatDeclination(Number.NaN)).toBe('');
});

test('seconds round up into minutes and hours, and 24h is 0h', () => {
  expect(formatRightAscension(359.9999999)).toBe('00:00:00.00');
  expect(formatRightAscension(14.9999999, 0)).toBe('01:00:00');
  expect(formatDeclination(-0.9999999)).toBe('-01:00:00.0');
});

test('the sign survives a zero degree field, and a rounded zero has none', () => {
  expect(formatDeclination(-0.5)).toBe('-00:30:00.0');
  expect(formatDeclination(-1e-9)).toBe('+00:00:00.0');
});

test('the centre of P205+55', () => {
  expect(formatRightAscension(205.055266667)).toBe('13:40:13.26');
  expect(formatDeclination(54.8981944444, 2)).toBe('+54:53:53.50');
});
