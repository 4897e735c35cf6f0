import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeSmallField } from '../engine/small-field.ts';
import { lobate } from './lobate.ts';

const folder = mkdtempSync(join(tmpdir(), 'lobate-geometry-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { mosaics } = writeSmallField(folder);
const position = ['--mosaic', mosaics[0]!, '--ra', '205', '--dec', '55'];

test('lobate cutout --geometry angular writes another tensor than pixels, of the same shape, and says which', () => {
  const written = ['pixels', 'angular'].map((geometry) => {
    const out = join(folder, `${geometry}.npy`);
    const { status, stdout } = lobate('cutout', ...position, '--geometry', geometry, '--out', out, '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ geometry, pixelScaleArcsec: 1.5 });
    return readFileSync(out);
  });
  expect(written[0]!.length).toBe(written[1]!.length);
  // The source lies between pixels: one geometry moves it to the nearest, the other to where it is.
  expect(written[0]!.equals(written[1]!)).toBe(false);
});

test('a geometry that there is not is refused, and nothing is written', () => {
  const { status, stderr } = lobate('cutout', ...position, '--geometry', 'round', '--out', join(folder, 'none.npy'));
  expect(status).toBe(2);
  expect(stderr).toContain('give pixels or angular');
});
