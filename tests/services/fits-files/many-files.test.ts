import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeError } from '../../../src/core/result/describe-error.ts';
import { expandMosaics } from '../../../src/services/fits-files/expand-mosaics.ts';
import { fileHandles } from '../../../src/services/fits-files/file-handles.ts';
import { openFileSource, sharedFileHandles } from '../../../src/services/fits-files/file-source.ts';
import { rejectionOf } from '../../expect-failure.ts';

let folder: string;
const at = (...parts: string[]): string => join(folder, ...parts);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-many-'));
  for (const name of ['P10', 'P9']) {
    mkdirSync(at('survey', name), { recursive: true });
    writeFileSync(at('survey', name, 'mosaic-blanked.fits'), 'x');
    writeFileSync(at('survey', name, 'mosaic-weights.fits'), 'x');
    writeFileSync(at('survey', name, 'mosaic.cat.fits'), 'x');
  }
  mkdirSync(at('flat'));
  for (const name of ['b2.fits', 'b10.fits', 'a.FITS.gz', 'notes.txt', 'b2.rms.fits', 'b[1].fits']) {
    writeFileSync(at('flat', name), name);
  }
  mkdirSync(at('empty'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('mosaics given as folders and patterns', () => {
  test('a folder stands for its images, in the order of people, without noise maps and notes', async () => {
    expect(await expandMosaics([at('flat')])).toEqual(
      ['a.FITS.gz', 'b[1].fits', 'b2.fits', 'b10.fits'].map((name) => at('flat', name)),
    );
  });
  test('a folder of pointings stands for the mosaic of each', async () => {
    expect(await expandMosaics([at('survey')])).toEqual(
      ['P9', 'P10'].map((name) => at('survey', name, 'mosaic-blanked.fits')),
    );
  });
  test('a pattern finds what it matches, and every mosaic counts once', async () => {
    expect(await expandMosaics([at('flat', 'b*.fits'), at('flat', 'b2.fits')])).toEqual(
      ['b[1].fits', 'b2.fits', 'b2.rms.fits', 'b10.fits'].map((name) => at('flat', name)),
    );
  });
  test('a file with a selector and a file that is not there stay as they are', async () => {
    const given = [at('flat', 'b2.fits[1]'), at('nowhere.fits')];
    expect(await expandMosaics(given)).toEqual(given);
  });
  test('an empty folder and a pattern without matches are refused in one sentence', async () => {
    expect(describeError(await rejectionOf(() => expandMosaics([at('empty')])))).toBe(
      `${at('empty')}: there is no FITS image in this folder.`,
    );
    expect(describeError(await rejectionOf(() => expandMosaics([at('flat', 'z*.fits')])))).toBe(
      `${at('flat', 'z*.fits')}: no FITS file matches this pattern.`,
    );
  });
});

describe('file handles that many mosaics share', () => {
  test('are never more than allowed, and every file is still read', async () => {
    let openNow = 0;
    let most = 0;
    const handles = fileHandles(async (path) => {
      const handle = await open(path, 'r');
      most = Math.max(most, ++openNow);
      const close = handle.close.bind(handle);
      handle.close = () => {
        openNow--;
        return close();
      };
      return handle;
    }, 3);
    const paths = Array.from({ length: 12 }, (_, k) => at(`file${k}`));
    paths.forEach((path, k) => writeFileSync(path, `content ${k}`));
    for (const path of [...paths, ...paths]) {
      const text = await handles.use(path, async (handle) =>
        (await handle.read(Buffer.alloc(20), 0, 20, 0)).buffer.toString(),
      );
      expect(text).toContain(`content ${path.slice(at('file').length)}`);
    }
    expect(most).toBeLessThanOrEqual(3);
    for (const path of paths) await handles.release(path);
    expect(openNow).toBe(0);
  });

  test('a source is read through them again after its place was given away', async () => {
    const handles = sharedFileHandles(1);
    const sources = await Promise.all(['b2.fits', 'b10.fits'].map((name) => openFileSource(at('flat', name), handles)));
    for (const source of [...sources, ...sources]) {
      expect(new TextDecoder().decode(await source.read(0, 3))).toBe(
        source.name.slice(at('flat').length + 1, at('flat').length + 4),
      );
      expect(handles.openCount).toBe(1);
    }
    await Promise.all(sources.map((source) => source.close()));
    expect(handles.openCount).toBe(0);
  });

  test('a file that cannot be opened leaves no place taken', async () => {
    const handles = sharedFileHandles(1);
    await rejectionOf(() => handles.use(at('nothing'), () => Promise.resolve()));
    expect(handles.openCount).toBe(0);
  });
});
