import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listFolder } from '../../src/engine/files/file-browser.ts';
import type { FolderFence } from '../../src/engine/files/folder-fence.ts';
import { createFolderFence } from '../../src/engine/files/folder-fence.ts';

let root: string;
let fence: FolderFence;

beforeEach(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'lobate-browser-')));
  mkdirSync(join(root, 'data', 'field10'), { recursive: true });
  mkdirSync(join(root, 'data', 'field2'));
  mkdirSync(join(root, 'data-of-others'));
  for (const name of ['mosaic.fits', 'table.csv', 'field.lobate', 'notes.txt', '.hidden.fits']) {
    writeFileSync(join(root, 'data', name), 'x');
  }
  writeFileSync(join(root, 'data-of-others', 'secret.fits'), 'x');
  fence = await createFolderFence([join(root, 'data')]);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const refused = { error: { kind: 'path-not-allowed' } };

describe('the file browser', () => {
  test.each([
    ['the parent folder', (r: string) => r],
    ['a sibling whose name begins alike', (r: string) => join(r, 'data-of-others')],
    ['a way up and around', (r: string) => `${r}/data/../data-of-others`],
    ['the root of the disk', () => '/'],
    ['a relative path', () => '..'],
    ['a file that does not exist outside', (r: string) => join(r, 'absent')],
    ['a file that does not exist above a folder inside', (r: string) => `${r}/data/../absent`],
  ])('refuses %s', async (_name, pathOf) => {
    await expect(listFolder(fence, pathOf(root))).rejects.toMatchObject(refused);
  });

  test('refuses a link inside that leads out, and does not list it', async () => {
    symlinkSync(join(root, 'data-of-others'), join(root, 'data', 'shortcut'));
    symlinkSync(join(root, 'data-of-others', 'secret.fits'), join(root, 'data', 'innocent.fits'));
    await expect(listFolder(fence, join(root, 'data', 'shortcut'))).rejects.toMatchObject(refused);
    await expect(fence.resolve(join(root, 'data', 'innocent.fits'))).rejects.toMatchObject(refused);
    const names = (await listFolder(fence, undefined)).entries.map(({ name }) => name);
    expect(names).not.toContain('shortcut');
    expect(names).not.toContain('innocent.fits');
  });

  test('follows a link that stays inside', async () => {
    symlinkSync(join(root, 'data', 'field2'), join(root, 'data', 'latest'));
    expect((await listFolder(fence, join(root, 'data', 'latest'))).path).toBe(join(root, 'data', 'field2'));
  });

  test('shows folders first, then FITS files, tables and projects only, numbers in order', async () => {
    const listing = await listFolder(fence, undefined);
    expect(listing.entries.map(({ name, kind }) => `${kind} ${name}`)).toEqual([
      'folder field2',
      'folder field10',
      'project field.lobate',
      'fits mosaic.fits',
      'table table.csv',
    ]);
    expect(listing.parent).toBeNull();
    expect((await listFolder(fence, join(root, 'data', 'field2'))).parent).toBe(join(root, 'data'));
  });

  test('says that a file inside is not there, since everything inside may be seen anyway', async () => {
    await expect(listFolder(fence, join(root, 'data', 'absent'))).rejects.toMatchObject({
      error: { kind: 'file-not-found' },
    });
  });

  test('shows a folder that was allowed beside the first', async () => {
    const wider = await createFolderFence([join(root, 'data'), join(root, 'data-of-others'), join(root, 'absent')]);
    expect((await listFolder(wider, join(root, 'data-of-others'))).entries).toHaveLength(1);
    expect(wider.roots).toHaveLength(2);
  });
});
