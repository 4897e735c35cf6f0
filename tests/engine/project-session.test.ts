import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SessionView } from '../../src/contract/session.ts';
import type { Client, TestEngine } from './test-engine.ts';
import { startTestEngine } from './test-engine.ts';

let running: TestEngine;
let client: Client;

beforeEach(async () => {
  running = await startTestEngine();
  client = await running.connect();
});
afterEach(() => running.close());

const view: SessionView = {
  threshold: 0.62,
  selectedRow: 3,
  sky: { raDeg: 205.01, decDeg: 54.99, fovDeg: 0.11 },
  table: { columns: ['Source_Name', 'Maj'], filter: 'Maj > 10' },
  layouts: { wide: { known: ['sky'], dock: { grid: {} } } },
};

const openSmallField = () =>
  client.project.open({ mosaics: [...running.files.mosaics], catalogue: running.files.catalogue });

describe('the view of a project', () => {
  test('of one that was never looked at is unknown, and nothing is kept while none is open', async () => {
    expect(await client.session.view()).toBeNull();
    await client.session.keepView({ project: '/nowhere.lobate', view });
    await openSmallField();
    expect(await client.session.view()).toBeNull();
  });

  test('is kept in its file, and there when it is opened again', async () => {
    const { path } = await openSmallField();
    await client.session.keepView({ project: path, view });
    await client.project.close();
    await client.project.openFile({ path });
    expect(await client.session.view()).toEqual(view);
  });

  test('that arrives late is not kept in the project that is open by then', async () => {
    await openSmallField();
    await client.session.keepView({ project: join(running.folder, 'data', 'other.lobate'), view });
    expect(await client.session.view()).toBeNull();
  });

  test('that makes no sense is refused and changes nothing', async () => {
    const { path } = await openSmallField();
    await client.session.keepView({ project: path, view });
    await expect(client.session.keepView({ project: path, view: { threshold: 7 } })).rejects.toThrow();
    expect(await client.session.view()).toEqual(view);
  });
});

describe('the settings of a machine', () => {
  test('outlive the engine, and one that is forgotten is gone', async () => {
    await client.session.keepSetting({ name: 'lobate-keys', text: '{"help":["h"]}' });
    await client.session.keepSetting({ name: 'lobate-theme', text: 'light' });
    await client.session.keepSetting({ name: 'lobate-theme', text: null });
    const { folder } = running;
    await running.engine.close();
    running = await startTestEngine({ inFolder: folder });
    client = await running.connect();
    expect(await client.session.settings()).toEqual({ 'lobate-keys': '{"help":["h"]}' });
  });

  test('that cannot be read are as if there were none', async () => {
    writeFileSync(join(running.folder, 'cache', 'settings.json'), '{"half');
    expect(await client.session.settings()).toEqual({});
  });
});

describe('files that have moved', () => {
  test('are found by content in a chosen folder, under another name and among files of the same size', async () => {
    const { path } = await openSmallField();
    await client.project.close();
    const { mosaics, catalogue } = running.files;
    const archive = join(running.folder, 'data', 'archive', '2026');
    mkdirSync(archive, { recursive: true });
    const bytes = readFileSync(mosaics[0]!);
    renameSync(mosaics[0]!, join(archive, 'renamed.fits'));
    bytes[bytes.length - 100]! ^= 1;
    writeFileSync(join(archive, 'another-of-that-size.fits'), bytes);
    await expect(client.project.openFile({ path })).rejects.toMatchObject({ data: { kind: 'project-input-missing' } });
    const before = await client.session.inputs({ project: path });
    expect(before.map(({ isThere }) => isThere)).toEqual([false, true]);
    const placed = await client.session.locate({ project: path, folder: join(running.folder, 'data', 'archive') });
    expect(placed.map((input) => input.path)).toEqual([join(archive, 'renamed.fits'), catalogue]);
    expect(placed.every(({ isThere }) => isThere)).toBe(true);
    expect((await client.project.openFile({ path })).mosaics[0]?.path).toBe(join(archive, 'renamed.fits'));
  });

  test('that are not there are not made up, and the project stays as it was', async () => {
    const { path } = await openSmallField();
    await client.project.close();
    const mosaic = running.files.mosaics[0]!;
    const aside = join(running.folder, 'aside.fits');
    renameSync(mosaic, aside);
    const empty = join(running.folder, 'data', 'empty');
    mkdirSync(empty);
    const placed = await client.session.locate({ project: path, folder: empty });
    expect(placed.map(({ isThere }) => isThere)).toEqual([false, true]);
    renameSync(aside, mosaic);
    await client.project.openFile({ path });
  });

  test('are not looked for outside the folders that a window may see', async () => {
    const { path } = await openSmallField();
    await client.project.close();
    await expect(client.session.locate({ project: path, folder: running.folder })).rejects.toMatchObject({
      data: { kind: 'path-not-allowed' },
    });
  });
});

describe('a copy to share', () => {
  test('opens where the files lie as they do here, and holds no absolute path of this machine', async () => {
    const { path } = await openSmallField();
    await client.session.keepView({ project: path, view });
    const share = join(running.folder, 'data', 'share');
    mkdirSync(share);
    const copy = join(share, 'copy.lobate');
    await client.session.saveCopy({ path: copy });
    expect(readdirSync(share)).toEqual(['copy.lobate']);
    expect(readFileSync(copy, 'latin1')).not.toContain(running.folder);
    const opened = await client.project.openFile({ path: copy });
    expect(opened.mosaics[0]?.path).toBe(running.files.mosaics[0]);
    expect(await client.session.view()).toEqual(view);
  });

  test('goes beside a project that the command line opened from outside the folders, and its files are looked for there', async () => {
    const { path } = await openSmallField();
    await client.project.close();
    const outside = join(running.folder, 'outside');
    mkdirSync(outside);
    const project = join(outside, 'p.lobate');
    renameSync(path, project);
    for (const input of [...running.files.mosaics, running.files.catalogue]) {
      renameSync(input, join(outside, basename(input)));
    }
    await expect(client.session.locate({ project, folder: outside })).rejects.toMatchObject({
      data: { kind: 'path-not-allowed' },
    });
    // As from the command line, which nothing fences in; and from then on it is one of the recent ones.
    await running.engine.openFile(project);
    await client.session.saveCopy({ path: join(outside, 'copy.lobate') });
    expect(readdirSync(outside)).toContain('copy.lobate');
    await client.project.close();
    mkdirSync(join(outside, 'deep'));
    for (const input of [...running.files.mosaics, running.files.catalogue]) {
      renameSync(join(outside, basename(input)), join(outside, 'deep', `again-${basename(input)}`));
    }
    const found = await client.session.locate({ project, folder: outside });
    expect(found.map(({ isThere }) => isThere)).toEqual([true, true]);
  });

  test('is refused over the project itself, outside the folders, and under another ending; nothing is written', async () => {
    const { path } = await openSmallField();
    await expect(client.session.saveCopy({ path })).rejects.toMatchObject({ data: { kind: 'argument-invalid' } });
    await expect(client.session.saveCopy({ path: join(running.folder, 'out.lobate') })).rejects.toMatchObject({
      data: { kind: 'path-not-allowed' },
    });
    const named = join(running.folder, 'data', 'copy.txt');
    await expect(client.session.saveCopy({ path: named })).rejects.toMatchObject({
      data: { kind: 'argument-invalid' },
    });
    expect(existsSync(named)).toBe(false);
    expect(readdirSync(running.folder).filter((name) => name.includes(basename('out.lobate')))).toEqual([]);
  });
});
