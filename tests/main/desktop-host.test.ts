import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ONLINE_SURVEYS } from '../../src/contract/online.ts';
import type { EngineToHost, HostToEngine } from '../../src/contract/host-messages.ts';

/** Electron's own API is the only thing faked: there is no Electron where the tests run. */
class FakeUtilityProcess extends EventEmitter {
  readonly received: unknown[] = [];
  readonly path: string;
  isKilled = false;
  constructor(path: string) {
    super();
    this.path = path;
  }
  postMessage(message: unknown): void {
    this.received.push(message);
  }
  kill(): void {
    this.isKilled = true;
    this.emit('exit', 143);
  }
}

const started: FakeUtilityProcess[] = [];
type RequestGuard = (details: { url: string }, answer: (result: { cancel: boolean }) => void) => void;
const browser = {
  guard: undefined as RequestGuard | undefined,
  options: undefined as { webPreferences: Record<string, unknown> } | undefined,
};
const handlers = new Map<string, (event: { sender: unknown }, purpose: unknown) => Promise<unknown>>();

vi.mock('electron', () => ({
  utilityProcess: {
    fork: (path: string) => {
      const child = new FakeUtilityProcess(path);
      started.push(child);
      return child;
    },
  },
  session: {
    defaultSession: {
      setPermissionRequestHandler: () => undefined,
      webRequest: { onBeforeRequest: (guard: RequestGuard) => (browser.guard = guard) },
    },
  },
  shell: { openExternal: () => undefined },
  screen: { getAllDisplays: () => [] },
  BrowserWindow: class {
    webContents = { setWindowOpenHandler: () => undefined, on: () => undefined };
    constructor(options: { webPreferences: Record<string, unknown> }) {
      browser.options = options;
    }
    on(): void {}
    once(): void {}
    async loadURL(): Promise<void> {}
  },
  dialog: { showOpenDialog: () => Promise.resolve({ canceled: false, filePaths: ['/data/a.fits'] }) },
  ipcMain: { handle: (channel: string, handler: never) => handlers.set(channel, handler) },
}));

const { startEngineProcess } = await import('../../src/main/engine-process.ts');
const { openWindow } = await import('../../src/main/window.ts');
const { serveDialogs } = await import('../../src/main/dialogs.ts');
const { CHOOSE_FILES_CHANNEL } = await import('../../src/contract/desktop-api.ts');

beforeEach(() => {
  started.length = 0;
});

describe('the engine process', () => {
  const say = (message: EngineToHost): boolean => started[0]!.emit('message', message);
  const heard = (): HostToEngine[] => started[0]!.received as HostToEngine[];

  test('an engine that fails before it listens gives its sentence, not a hanging window', async () => {
    const engine = startEngineProcess('/app', []);
    say({ kind: 'failed', sentence: 'a.lobate: is open in another Lobate. Close it there first.' });
    await expect(engine.url).rejects.toThrow('is open in another Lobate');
  });

  test('a worker that the engine asks for gets its messages and no one else’s, and its death is reported', async () => {
    const engine = startEngineProcess('/app', []);
    say({ kind: 'listening', url: 'http://127.0.0.1:1/session?token=x' });
    await expect(engine.url).resolves.toContain('token=x');
    say({ kind: 'start-worker', workerId: 1 });
    say({ kind: 'start-worker', workerId: 2 });
    say({ kind: 'to-worker', workerId: 2, message: { kind: 'shutdown' } });
    expect(started[1]!.received).toEqual([]);
    expect(started[2]!.received).toEqual([{ kind: 'shutdown' }]);
    started[2]!.emit('message', { kind: 'ready' });
    started[2]!.emit('exit', 139);
    expect(heard()).toEqual([
      { kind: 'from-worker', workerId: 2, message: { kind: 'ready' } },
      { kind: 'worker-exited', workerId: 2, code: 139 },
    ]);
  });

  test('no worker outlives its engine', async () => {
    const engine = startEngineProcess('/app', []);
    say({ kind: 'start-worker', workerId: 1 });
    started[0]!.emit('exit', 1);
    await expect(engine.url).rejects.toThrow('ended with code 1');
    expect(started[1]!.isKilled).toBe(true);
  });
});

describe('the window', () => {
  test('is sandboxed, has no Node, and can reach nothing but its engine', async () => {
    let isOnline = false;
    await openWindow('http://127.0.0.1:4321/session?token=x', '/app/preload', '/nowhere', () => isOnline);
    expect(browser.options!.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
    const isCancelled = (url: string): boolean => {
      let cancelled = false;
      browser.guard!({ url }, (answer) => (cancelled = answer.cancel));
      return cancelled;
    };
    expect(isCancelled('https://alasky.unistra.fr/DSS/properties')).toBe(true);
    expect(isCancelled('http://127.0.0.1:9999/')).toBe(true);
    expect(isCancelled('http://127.0.0.1:4321/rpc')).toBe(false);
    expect(isCancelled('ws://127.0.0.1:4321/rpc')).toBe(false);
    expect(isCancelled('data:application/wasm;base64,AA==')).toBe(false);

    // Once the astronomer has switched it on, the machines that he was told of, and no other.
    const [survey] = ONLINE_SURVEYS;
    expect(isCancelled(`${survey!.url}/properties`)).toBe(true);
    isOnline = true;
    expect(isCancelled(`${survey!.url}/properties`)).toBe(false);
    expect(isCancelled(`${survey!.url.replace('https:', 'http:')}/properties`)).toBe(true);
    expect(isCancelled('https://alaskybis.cds.unistra.fr/MocServer/query')).toBe(true);
  });
});

test('a file dialog opens for our window and for no other sender, and for no purpose that is not ours', async () => {
  const webContents = {};
  serveDialogs({ webContents } as never);
  const choose = handlers.get(CHOOSE_FILES_CHANNEL)!;
  expect(await choose({ sender: {} }, 'mosaics')).toEqual([]);
  expect(await choose({ sender: webContents }, 'passwords')).toEqual([]);
  expect(await choose({ sender: webContents }, 'mosaics')).toEqual(['/data/a.fits']);
});
