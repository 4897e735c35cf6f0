import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { arch, execPath, platform } from 'node:process';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { COMMAND_CHANNEL } from '../../../src/contract/desktop-api.ts';
import { SMALL_FIELD_ROWS, writeSmallField } from '../../engine/small-field.ts';
import { launchBrowser } from '../browser.ts';
import { pictureFolder } from '../pictures.ts';
import type { PackedProgram, RunningProgram } from './packed-program.ts';
import { packProgram, startProgram } from './packed-program.ts';

const root = resolve(import.meta.dirname, '../../..');
let folder: string;
let packed: PackedProgram;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lobate-packed-'));
  packed = packProgram(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Files under a folder, `/`-separated. */
const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1));

/** Names that the sources hand to `threadEntry`. */
function threadNames(): string[] {
  const sources = filesIn(join(root, 'src')).filter((name) => name.endsWith('.ts'));
  return sources.flatMap((name) =>
    [...readFileSync(join(root, 'src', name), 'utf8').matchAll(/threadEntry\('([^']+)'/g)].map(([, entry]) => entry!),
  );
}

describe('what electron-builder packs', () => {
  test('is the built program, its packages, its licence, and nothing else', () => {
    const places = new Set(packed.archived.map((path) => path.split('/')[0]));
    expect([...places].sort()).toEqual(['LICENSE', 'node_modules', 'out', 'package.json']);
    const built = packed.archived.filter((path) => /^out\/[^/]+$/.test(path));
    expect(built.sort()).toEqual(['out/main', 'out/preload', 'out/renderer']);
    const needless = /\.(?:ts|map|md)$|\/(?:react|@mantine|aladin-lite|core-js|electron|vitest|typescript)\//;
    expect(packed.archived.filter((path) => needless.test(path))).toEqual([]);
  });

  test('holds the entry of every process and of every thread, and each finds what it imports', () => {
    const threads = threadNames();
    expect(threads).toContain('table-thread');
    expect(threads.length).toBeGreaterThanOrEqual(5);
    for (const name of ['index', 'engine', 'worker', ...threads]) {
      expect(packed.archived, name).toContain(`out/main/${name}.js`);
    }
    // Started as a main program a thread finds no work, and may end at that; but all that it imports has to be there.
    for (const name of threads) {
      const entry = pathToFileURL(join(packed.app, 'out/main', `${name}.js`)).href;
      const { stderr } = spawnSync(execPath, ['-e', `await import('${entry}')`], { encoding: 'utf8' });
      expect(stderr, name).not.toMatch(/ERR_[A-Z_]*MODULE|ERR_PACKAGE|SyntaxError|ReferenceError/);
    }
  });

  test('lays native code of this system, and of no other, beside the archive', () => {
    const native = filesIn(join(packed.resources, 'app.asar.unpacked')).filter((name) =>
      /\.(?:node|dll|dylib|so(?:\.\d+)*)$/.test(name),
    );
    expect(native.map((name) => name.replace('node_modules/', '')).sort()).toEqual([
      `better-sqlite3/prebuilds/${platform}-${arch}.node`,
      `onnxruntime-node/bin/napi-v6/${platform}/${arch}/libonnxruntime.so.1`,
      `onnxruntime-node/bin/napi-v6/${platform}/${arch}/onnxruntime_binding.node`,
    ]);
  });

  test('lays the shipped models where onnxruntime can open them, byte for byte', () => {
    const models = filesIn(join(root, 'models'));
    expect(models.length).toBeGreaterThan(0);
    expect(filesIn(join(packed.resources, 'models')).sort()).toEqual(models.sort());
    for (const name of models) {
      const isSame = readFileSync(join(packed.resources, 'models', name)).equals(
        readFileSync(join(root, 'models', name)),
      );
      expect(isSame, name).toBe(true);
    }
  });
});

describe('what the Debian package lays into the system', () => {
  const laid = (path: string): string => readFileSync(join(packed.system, path), 'utf8');

  test('opens projects and FITS files with the program, and names the project’s type by its ending', () => {
    const entry = laid('usr/share/applications/lobate.desktop');
    expect(entry).toMatch(/^Exec=\/opt\/Lobate\/lobate %U$/m);
    expect(entry).toMatch(/^Icon=lobate$/m);
    expect(entry).toMatch(/^Categories=Science;$/m);
    const [, types] = /^MimeType=(.*)$/m.exec(entry)!;
    expect(types!.split(';').filter(Boolean).sort()).toEqual(['application/fits', 'application/x-lobate']);
    expect(laid('usr/share/mime/packages/lobate.xml')).toMatch(/application\/x-lobate[^]*?pattern="\*\.lobate"/);
  });

  test('brings the icon of the program, not Electron’s', () => {
    const icons = filesIn(join(packed.system, 'usr/share/icons'));
    expect(icons).toContain('hicolor/1024x1024/apps/lobate.png');
    const icon = readFileSync(join(packed.system, 'usr/share/icons/hicolor/1024x1024/apps/lobate.png'));
    expect(icon.equals(readFileSync(join(root, 'resources/icon.png')))).toBe(true);
  });
});

describe('the packed program, with Chromium for its window', () => {
  let browser: Browser;
  let program: RunningProgram;
  let page: Page;
  const data = (): string => join(folder, 'data');

  beforeAll(async () => {
    mkdirSync(data());
    mkdirSync(pictureFolder, { recursive: true });
    const { mosaics, catalogue } = writeSmallField(data());
    browser = await launchBrowser();
    // A double click in GNOME or KDE names files by their URLs.
    program = startProgram(
      packed,
      join(folder, 'user'),
      [...mosaics, catalogue].map((path) => pathToFileURL(path).href),
    );
    const { url, preload } = await program.until('window');
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(preloaded(readFileSync(preload, 'utf8')));
    await page.goto(url);
  });
  afterAll(async () => {
    await browser.close();
    program.kill();
  });

  test('classifies the field that it was started with, by the model that it brings', async () => {
    await expect.poll(() => page.locator('.table__body .table__row').count()).toBe(SMALL_FIELD_ROWS);
    await page.locator('.threshold__flagged').waitFor();
    expect(existsSync(join(data(), 'small.srl.lobate'))).toBe(true);
    expect(await page.locator('body').innerText()).not.toContain('untrained');
    await page.screenshot({ path: join(pictureFolder, 'packed-program.png') });
  });

  test('shows the run on the dock, and nothing there when it is over', async () => {
    const progress = (): number[] =>
      program.said.flatMap((message) => (message.kind === 'progress' ? message.value : []));
    await expect.poll(() => progress().at(-1)).toBe(-1);
    expect(Math.max(...progress())).toBeGreaterThan(0);
  });

  test('lists the project in the system’s menu, whose commands reach the window', async () => {
    const menus = (): readonly string[] =>
      program.said.flatMap((message) => (message.kind === 'menu' ? [message.labels.join('|')] : []));
    await expect.poll(() => menus().at(-1)).toContain('|small|');
    const sent = new Promise<readonly unknown[]>((done) =>
      program.onSaid((message) => {
        if (message.kind === 'to-window') done(message.said);
      }),
    );
    program.tell({ kind: 'choose', label: 'Export…' });
    const said = await sent;
    expect(said).toEqual([COMMAND_CHANNEL, 'export']);
    await page.evaluate((words) => window.dispatchEvent(new CustomEvent('from-main', { detail: words })), said);
    await page.getByRole('dialog', { name: 'Export' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('quits when its window is closed, and leaves the project file closed', async () => {
    program.tell({ kind: 'close-window' });
    expect(await program.ended).toBe(0);
    expect(readdirSync(data()).filter((name) => name.includes('.lobate'))).toEqual(['small.srl.lobate']);
  });
});

/** The packed preload script, with as much of Electron as it uses; in Electron it runs apart from the page. */
function preloaded(code: string): string {
  return `{
    const module = { exports: {} };
    const exports = module.exports;
    const require = () => ({
      contextBridge: { exposeInMainWorld: (name, value) => (window[name] = value) },
      ipcRenderer: {
        on: (channel, listener) =>
          window.addEventListener('from-main', ({ detail }) => {
            if (detail[0] === channel) listener({}, ...detail.slice(1));
          }),
        off: () => undefined,
        invoke: () => Promise.resolve([]),
      },
      webUtils: { getPathForFile: () => '' },
    });
    ${code}
  }`;
}
