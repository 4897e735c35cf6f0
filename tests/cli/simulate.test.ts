import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lobate } from './lobate.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-simulate-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('lobate simulate', () => {
  test.each([
    ['--seed', ['--seed', 'many']],
    ['--size', ['--seed', '1', '--size', '12']],
    ['--fields', ['--seed', '1', '--fields', '0']],
    ['--jobs', ['--seed', '1', '--jobs', '0']],
  ])('refuses a bad %s with one sentence, writing nothing', (name, bad) => {
    const out = join(folder, 'refused');
    const result = lobate('simulate', '--out', out, ...bad);
    expect(result.status).toBe(2);
    expect(result.stderr.trim().split('\n')).toHaveLength(1);
    expect(result.stderr).toContain(name);
    expect(existsSync(out)).toBe(false);
  });

  test.each(['1', '2'])('a place that cannot be written is named in one sentence, with %s at once', (jobs) => {
    const out = join(folder, `no-folder-${jobs}`);
    writeFileSync(out, '');
    const result = lobate('simulate', '--out', out, '--seed', '5', '--fields', '2', '--size', '400', '--jobs', jobs);
    expect(result.status).toBe(1);
    expect(result.stderr.trim().split('\n').at(-1)).toContain(out);
    expect(result.stderr).not.toContain('    at ');
  });

  test('three fields made two at once are, byte for byte and in order, those made one after the other', () => {
    const filesOf = (jobs: string): [string, string[]] => {
      const out = join(folder, `jobs-${jobs}`);
      const result = lobate('simulate', '--out', out, '--seed', '5', '--fields', '3', '--size', '400', '--jobs', jobs);
      const hashes = readdirSync(out)
        .sort()
        .map(
          (file) =>
            `${file} ${createHash('sha256')
              .update(readFileSync(join(out, file)))
              .digest('hex')}`,
        );
      return [result.stdout.replaceAll(out, ''), hashes];
    };
    expect(filesOf('2')).toEqual(filesOf('1'));
  });

  test('writes a mosaic, two catalogues and the components, and nothing else', () => {
    const out = join(folder, 'field');
    const result = lobate('simulate', '--out', out, '--seed', '3', '--size', '400', '--json');
    expect(result.status).toBe(0);
    const { field } = JSON.parse(result.stdout) as { field: string };
    expect(readdirSync(out).sort()).toEqual(
      ['-mosaic.fits', '.components.fits', '.gaul.fits', '.srl.fits'].map((end) => `${field}${end}`),
    );
  });
});
