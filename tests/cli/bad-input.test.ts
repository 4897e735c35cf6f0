import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fitsImageBytes, fitsTableBytes } from '../../src/core/fits/write.ts';
import type { Table } from '../../src/core/table/table.ts';
import { lobate } from './lobate.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

const sources: Table = {
  rowCount: 1,
  columns: [
    { name: 'Source_Name', data: ['ILTJ1'], repeat: 1 },
    { name: 'RA', data: Float64Array.of(180), repeat: 1, unit: 'deg' },
    { name: 'DEC', data: Float64Array.of(50), repeat: 1, unit: 'deg' },
    { name: 'Total_flux', data: Float64Array.of(3), repeat: 1, unit: 'mJy' },
    { name: 'Peak_flux', data: Float64Array.of(2), repeat: 1, unit: 'mJy/beam' },
    { name: 'Maj', data: Float64Array.of(20), repeat: 1, unit: 'arcsec' },
    { name: 'Min', data: Float64Array.of(8), repeat: 1, unit: 'arcsec' },
    { name: 'S_Code', data: ['S'], repeat: 1 },
  ],
};
const pixels = new Float32Array(64 * 64).fill(1e-4);
const wcsCards = [
  { keyword: 'CTYPE1', value: 'RA---SIN' },
  { keyword: 'CTYPE2', value: 'DEC--SIN' },
  { keyword: 'CRPIX1', value: 32 },
  { keyword: 'CRPIX2', value: 32 },
  { keyword: 'CRVAL1', value: 180 },
  { keyword: 'CRVAL2', value: 50 },
  { keyword: 'CDELT1', value: -1.5 / 3600 },
  { keyword: 'CDELT2', value: 1.5 / 3600 },
  { keyword: 'BUNIT', value: 'JY/BEAM' },
];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-bad-input-'));
  const image = { pixels, widthPix: 64, heightPix: 64 };
  const mosaic = fitsImageBytes({ ...image, cards: wcsCards });
  writeFileSync(at('mosaic.fits'), mosaic);
  writeFileSync(at('truncated.fits'), mosaic.subarray(0, 6000));
  writeFileSync(at('no-wcs.fits'), fitsImageBytes({ ...image, cards: [] }));
  writeFileSync(at('text.fits'), 'Dear editor,\n\nplease find enclosed our catalogue.\n');
  writeFileSync(at('sources.fits'), fitsTableBytes(sources));
  const noRa = { ...sources, columns: sources.columns.filter(({ name }) => name !== 'RA') };
  writeFileSync(at('no-ra.fits'), fitsTableBytes(noRa));
  lobate('train', '--network', 'compact', '--epochs', '0', '--seed', '1', '--out', at('untrained'));
  cpSync(at('untrained'), at('damaged'), { recursive: true });
  writeFileSync(at('damaged/model.onnx'), 'not these weights');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface BadInput {
  readonly what: string;
  readonly mosaic?: string;
  readonly catalogue?: string;
  readonly model?: string;
  readonly says: RegExp;
}

describe('lobate classify refuses, in one sentence that names the file, and writes nothing:', () => {
  test.each<BadInput>([
    { what: 'a truncated mosaic', mosaic: 'truncated.fits', says: /truncated\.fits: is cut short.*bytes/ },
    { what: 'a text file as mosaic', mosaic: 'text.fits', says: /text\.fits: is not a FITS file/ },
    { what: 'a text file as catalogue', catalogue: 'text.fits', says: /text\.fits: is not a FITS file/ },
    { what: 'a catalogue without RA', catalogue: 'no-ra.fits', says: /no-ra\.fits: has no column RA.*DEC/ },
    { what: 'a mosaic without coordinates', mosaic: 'no-wcs.fits', says: /no-wcs\.fits: has no celestial coordinates/ },
    { what: 'a model with a wrong hash', model: 'damaged', says: /model\.onnx: its SHA-256 is .* not / },
    { what: 'a mosaic that is not there', mosaic: 'nowhere.fits', says: /nowhere\.fits: there is no such file/ },
    { what: 'a catalogue as mosaic', mosaic: 'sources.fits', says: /sources\.fits: holds no image/ },
    { what: 'a mosaic as catalogue', catalogue: 'mosaic.fits', says: /mosaic\.fits: holds no table/ },
  ])('$what', ({ mosaic = 'mosaic.fits', catalogue = 'sources.fits', model = 'untrained', says }) => {
    const before = readdirSync(folder).sort();
    const result = lobate(
      'classify',
      ...['--mosaic', at(mosaic), '--catalogue', at(catalogue), '--model', at(model), '--out', at('result.csv')],
    );
    expect(result.stderr).toMatch(says);
    expect(result.status).toBe(2);
    const complaints = result.stderr.split('\n').filter((line) => line.startsWith('lobate: '));
    expect(complaints).toHaveLength(1);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    expect(result.stdout).toBe('');
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});

test('the same files without a fault are classified, and the untrained model is named as such', () => {
  const result = lobate(
    'classify',
    ...['--mosaic', at('mosaic.fits'), '--catalogue', at('sources.fits'), '--model', at('untrained')],
    ...['--out', at('result.csv')],
  );
  expect(result.stderr).toContain('UNTRAINED');
  expect(result.status).toBe(0);
  expect(existsSync(at('result.csv'))).toBe(true);
});

describe('arguments', () => {
  test('an unknown command, a missing option and a threshold that is no probability exit with 2', () => {
    expect(lobate('clasify').status).toBe(2);
    expect(lobate('classify').status).toBe(2);
    const threshold = lobate('classify', '--mosaic', 'm', '--catalogue', 'c', '--out', 'o.csv', '--threshold', '1.5');
    expect(threshold.status).toBe(2);
    expect(threshold.stderr).toContain('0 to 1');
  });

  test('a training by TensorFlow, which is not installed, exits with 2 and says how to install it', () => {
    const field = ['--mosaic', at('mosaic.fits'), '--catalogue', at('sources.fits'), '--labels', at('labels.csv')];
    const { status, stderr } = lobate('train', ...field, '--device', 'tensorflow', '--out', at('by-tensorflow'));
    expect(stderr).toMatch(/--device: tensorflow is not installed.*npm install @tensorflow\/tfjs-node-gpu/);
    expect(status).toBe(2);
    expect(existsSync(at('by-tensorflow'))).toBe(false);
    expect(lobate('classify', ...field.slice(0, 4), '--device', 'tensorflow', '--out', at('r.csv')).status).toBe(2);
  });

  test('help is a success', () => {
    const help = lobate('classify', '--help');
    expect(help.status).toBe(0);
    expect(help.stdout).toContain('--mosaic');
  });
});
