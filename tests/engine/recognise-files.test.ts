import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recogniseFiles } from '../../src/engine/files/recognise-files.ts';
import { openOrCreateProject } from '../../src/services/project-store/project-store.ts';
import { writeSmallField } from './small-field.ts';

let folder: string;
let mosaic: string;
let catalogue: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-files-'));
  const files = writeSmallField(folder);
  mosaic = files.mosaics[0]!;
  catalogue = files.catalogue;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const refusedFor = (why: RegExp) => ({
  error: { kind: 'argument-invalid', why: expect.stringMatching(why) as string },
});

describe('files given in any order', () => {
  test('without a mosaic, without a catalogue or with two catalogues are refused with what is missing', async () => {
    const second = join(folder, 'second.fits');
    copyFileSync(catalogue, second);
    await expect(recogniseFiles([catalogue])).rejects.toMatchObject(refusedFor(/mosaic/));
    await expect(recogniseFiles([mosaic])).rejects.toMatchObject(refusedFor(/source catalogue/));
    await expect(recogniseFiles([mosaic, catalogue, second])).rejects.toMatchObject(
      refusedFor(/both source catalogues/),
    );
  });

  test('that are no FITS files, or are not there, are named', async () => {
    const text = join(folder, 'notes.fits');
    writeFileSync(text, 'notes');
    await expect(recogniseFiles([text, catalogue])).rejects.toMatchObject({ error: { kind: 'fits-not-fits' } });
    await expect(recogniseFiles([join(folder, 'absent.fits')])).rejects.toMatchObject({
      error: { kind: 'file-not-found' },
    });
  });

  test('are told apart by what is in them, not by their names', async () => {
    const [image, table] = [join(folder, 'a.fits'), join(folder, 'b.fits')];
    copyFileSync(mosaic, image);
    copyFileSync(catalogue, table);
    const gaussians = join(folder, 'c.csv');
    writeFileSync(gaussians, 'Gaus_id,Source_Name,RA,DEC,Maj\n0,x,1,2,3\n');
    const lr = join(folder, 'd.csv');
    writeFileSync(lr, 'Source_Name,lr,lr_dist\nx,1.5,0.2\n');
    expect(await recogniseFiles([lr, table, gaussians, image])).toEqual({
      kind: 'field',
      request: { mosaics: [image], catalogue: table, gaussians, lr },
    });
  });

  test('a project stands alone', async () => {
    const path = join(folder, 'field.lobate');
    openOrCreateProject(path).close();
    expect(await recogniseFiles([path])).toEqual({ kind: 'project', path });
    await expect(recogniseFiles([path, mosaic])).rejects.toMatchObject(refusedFor(/project alone/));
  });
});
