import { EventEmitter } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { EngineToHost } from '../../src/contract/host-messages.ts';
import { DESKTOP_COMMANDS } from '../../src/contract/desktop-api.ts';

/** Electron's API is faked as far as the host uses it; everything of ours is real, its entry file included. */
class FakeProcess extends EventEmitter {
  readonly received: unknown[] = [];
  postMessage(message: unknown): void {
    this.received.push(message);
    if ((message as { kind: string }).kind === 'close') this.emit('exit', 0);
  }
  kill(): void {}
}

class FakeWindow extends EventEmitter {
  readonly options: Record<string, unknown>;
  readonly webContents = Object.assign(new EventEmitter(), {
    sent: [] as unknown[][],
    send: (...said: unknown[]) => this.webContents.sent.push(said),
    setWindowOpenHandler: () => undefined,
    toggleDevTools: () => undefined,
  });
  readonly progress: number[] = [];
  isFocused = false;
  bounds = { x: 10, y: 40, width: 1200, height: 800 };
  isLarge = false;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    electron.window = this;
  }
  loadURL = () => Promise.resolve(this.emit('ready-to-show'));
  show = () => undefined;
  maximize = () => (this.isLarge = true);
  isMaximized = () => this.isLarge;
  getNormalBounds = () => this.bounds;
  setProgressBar = (value: number) => this.progress.push(value);
  isMinimized = () => false;
  restore = () => undefined;
  focus = () => (this.isFocused = true);
}

const electron = vi.hoisted(() => ({
  app: undefined as unknown as FakeApp,
  engine: undefined as unknown as FakeProcess,
  window: undefined as unknown as FakeWindow,
  menu: [] as MenuItemConstructorOptions[],
  userData: '',
  displays: [{ workArea: { x: 0, y: 25, width: 1920, height: 1055 } }],
}));

class FakeApp extends EventEmitter {
  readonly documents: string[] = [];
  readonly isPackaged = true;
  hasLock = true;
  hasQuit = false;
  requestSingleInstanceLock = () => this.hasLock;
  getPath = () => electron.userData;
  getAppPath = () => '/app';
  whenReady = () => Promise.resolve();
  addRecentDocument = (path: string) => this.documents.push(path);
  clearRecentDocuments = () => this.documents.splice(0);
  quit = () => (this.hasQuit = true);
}

vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
  BrowserWindow: FakeWindow,
  Menu: {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
    setApplicationMenu: (menu: MenuItemConstructorOptions[]) => (electron.menu = menu),
  },
  dialog: { showErrorBox: () => undefined },
  ipcMain: { handle: () => undefined },
  screen: { getAllDisplays: () => electron.displays },
  session: {
    defaultSession: {
      setPermissionRequestHandler: () => undefined,
      webRequest: { onBeforeRequest: () => undefined },
    },
  },
  shell: {},
  utilityProcess: { fork: () => (electron.engine = new FakeProcess()) },
}));

const say = (message: EngineToHost): boolean => electron.engine.emit('message', message);

/** Starts the program anew, as the system does. */
async function start(...argv: readonly string[]): Promise<void> {
  vi.resetModules();
  electron.app = new FakeApp();
  vi.stubGlobal(
    'process',
    Object.assign(Object.create(process), {
      argv: ['/usr/bin/lobate', ...argv],
      resourcesPath: '/app/resources',
    }) as NodeJS.Process,
  );
  await import('../../src/main/index.ts');
  await Promise.resolve();
}
async function show(): Promise<void> {
  say({ kind: 'listening', url: 'http://127.0.0.1:1/session?token=x' });
  await vi.waitUntil(
    () => electron.engine.listenerCount('message') > 0 && electron.app.listenerCount('second-instance') > 0,
  );
}

const item = (label: string): MenuItemConstructorOptions => {
  const all = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((entry) => [entry, ...(Array.isArray(entry.submenu) ? all(entry.submenu) : [])]);
  return all(electron.menu).find((entry) => entry.label === label)!;
};
const click = (label: string): void => (item(label).click as () => void)();
const opened = (): unknown[] =>
  electron.engine.received.filter((message) => (message as { kind: string }).kind === 'open-files');

beforeEach(() => {
  electron.userData = mkdtempSync(join(tmpdir(), 'lobate-host-'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(electron.userData, { recursive: true });
});

describe('files that the system hands over', () => {
  test('before there is an engine wait for it, and are opened together', async () => {
    await start('a-mosaic.fits', '--no-sandbox');
    const event = { preventDefault: vi.fn() };
    electron.app.emit('open-file', event, '/data/a.srl.fits');
    expect(event.preventDefault).toHaveBeenCalled();
    await show();
    expect(opened()).toEqual([{ kind: 'open-files', paths: [resolve('a-mosaic.fits'), '/data/a.srl.fits'] }]);
  });

  test.skipIf(process.platform === 'win32')(
    'by their URLs, as desktops of Linux do, are those files; one of another machine stays a name that nobody finds',
    async () => {
      await start('file:///data/field%20of%20%C3%85.lobate', 'file://elsewhere.org/a.lobate', 'file:///a%2Fb.lobate');
      await show();
      const [{ paths }] = opened() as [{ paths: string[] }];
      expect(paths[0]).toBe('/data/field of Å.lobate');
      expect(paths[1]).toBe(resolve('file://elsewhere.org/a.lobate'));
      expect(paths[2]).toBe(resolve('file:///a%2Fb.lobate'));
    },
  );

  test('to a second start come to the first, from the folder of the second', async () => {
    await start();
    await show();
    electron.app.emit('second-instance', {}, ['/usr/bin/lobate', 'field.lobate'], '/elsewhere');
    expect(opened()).toEqual([{ kind: 'open-files', paths: [resolve('/elsewhere', 'field.lobate')] }]);
    expect(electron.window.isFocused).toBe(true);
  });

  test('a start beside a running one ends at once, without an engine', async () => {
    vi.resetModules();
    electron.app = new FakeApp();
    electron.app.hasLock = false;
    electron.engine = undefined as unknown as FakeProcess;
    await import('../../src/main/index.ts');
    expect(electron.app.hasQuit).toBe(true);
    expect(electron.engine).toBeUndefined();
  });
});

describe('outside the window', () => {
  test('the dock shows how far a run is, that something is under way, and nothing when it is over', async () => {
    await start();
    await show();
    for (const done of [0.25, 'unknown', 'nothing to do'] as const) say({ kind: 'progress', done });
    expect(electron.window.progress).toEqual([0.25, 2, -1]);
  });

  test('the newest project is among the system’s recent documents once, and all are in the menu', async () => {
    await start();
    const [a, b] = [
      { name: 'A', path: '/a.lobate' },
      { name: 'B', path: '/b.lobate' },
    ];
    say({ kind: 'recent', projects: [a] });
    say({ kind: 'recent', projects: [a] });
    await show();
    say({ kind: 'recent', projects: [b, a] });
    expect(electron.app.documents).toEqual(['/a.lobate', '/b.lobate']);
    click('A');
    expect(opened()).toEqual([{ kind: 'open-files', paths: ['/a.lobate'] }]);
    click('Clear the system’s list');
    expect(electron.app.documents).toEqual([]);
  });

  test('every command of the menu is one that the window knows', async () => {
    await start();
    await show();
    const labels = [
      'Open a field…',
      'Export…',
      'Save a copy to share…',
      'Undo',
      'Redo',
      'Keyboard and mouse',
      'About Lobate',
    ];
    for (const label of labels) click(label);
    const said = electron.window.webContents.sent.map(([, command]) => command);
    expect([...said].sort()).toEqual([...DESKTOP_COMMANDS].sort());
    // The window listens to these keys itself: heard twice, an undo would take back two acts.
    for (const label of labels) if (item(label).accelerator) expect(item(label).registerAccelerator).toBe(false);
  });

  test('closing waits for the engine to close its project', async () => {
    await start();
    await show();
    const event = { preventDefault: vi.fn() };
    electron.app.emit('before-quit', event);
    expect(event.preventDefault).toHaveBeenCalled();
    expect(electron.engine.received).toContainEqual({ kind: 'close' });
    await vi.waitUntil(() => electron.app.hasQuit);
  });
});

describe('the place of the window', () => {
  const kept = () => join(electron.userData, 'window.json');
  const startedAt = async (): Promise<Record<string, unknown>> => {
    await start();
    await show();
    return electron.window.options;
  };

  test('is as it was left, also when it filled the screen', async () => {
    await startedAt();
    electron.window.isLarge = true;
    electron.window.emit('close');
    expect(JSON.parse(readFileSync(kept(), 'utf8'))).toEqual({ ...electron.window.bounds, isMaximised: true });
    expect(await startedAt()).toMatchObject({ x: 10, y: 40, width: 1200, height: 800 });
    expect(electron.window.isLarge).toBe(true);
  });

  test.each([
    ['on a screen that is gone', { x: 2500, y: 40, width: 1200, height: 800 }],
    ['with its title bar above the screen', { x: 10, y: -400, width: 1200, height: 800 }],
    ['almost wholly beside the screen', { x: 1900, y: 40, width: 1200, height: 800 }],
    ['not a number', { x: 'a', y: 40, width: 1200, height: 800 }],
  ])('%s is not taken', async (_, state) => {
    writeFileSync(kept(), JSON.stringify(state));
    const options = await startedAt();
    expect(options).toMatchObject({ width: 1440, height: 900 });
    expect(options['x']).toBeUndefined();
  });

  test('in a broken file is as if there were none, and smaller than the least is the least', async () => {
    writeFileSync(kept(), '{');
    expect(await startedAt()).toMatchObject({ width: 1440 });
    writeFileSync(kept(), JSON.stringify({ x: 0, y: 30, width: 1, height: 1 }));
    expect(await startedAt()).toMatchObject({ x: 0, width: 1024, height: 700 });
  });
});
