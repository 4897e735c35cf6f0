/**
 * Stands in for `electron` in the packed program's main process, where its binary cannot be had: processes are Node's, and
 * the window is whatever the parent process opens on the address that it is told. Nothing of Lobate is replaced.
 */
import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { env } from 'node:process';

/** From here to the test. */
export type FromStandIn =
  | { readonly kind: 'window'; readonly url: string; readonly preload: string }
  | { readonly kind: 'menu'; readonly labels: readonly string[] }
  | { readonly kind: 'progress'; readonly value: number }
  | { readonly kind: 'error'; readonly title: string; readonly text: string }
  /** What main sends to its window's preload script. */
  | { readonly kind: 'to-window'; readonly said: readonly unknown[] };

/** From the test to here. */
export type ToStandIn = { readonly kind: 'choose'; readonly label: string } | { readonly kind: 'close-window' };

const tell = (message: FromStandIn): void => void process.send?.(message);

interface MenuItem {
  readonly label?: string;
  readonly submenu?: readonly MenuItem[];
  readonly click?: () => void;
}
let menu: readonly MenuItem[] = [];
const itemsOf = (items: readonly MenuItem[]): MenuItem[] =>
  items.flatMap((item) => [item, ...itemsOf(item.submenu ?? [])]);

/** What a utility process has: `process.parentPort`. */
const PARENT_PORT = `
  process.parentPort = {
    postMessage: (message) => process.send(message),
    on: (event, listener) => process.on('message', (data) => listener({ data })),
  };
`;
export const utilityProcess = {
  fork(path: string, args: readonly string[]): ChildProcess {
    const child = fork(path, args, {
      serialization: 'advanced',
      execArgv: ['--import', `data:text/javascript,${encodeURIComponent(PARENT_PORT)}`],
    });
    const postMessage = (message: object): void => {
      if (child.connected) child.send(message);
    };
    return Object.assign(child, { postMessage });
  },
};

class App extends EventEmitter {
  readonly isPackaged = true;
  requestSingleInstanceLock = (): boolean => true;
  getPath = (): string => env['STAND_IN_USER_DATA']!;
  getAppPath = (): string => env['STAND_IN_APP']!;
  whenReady = (): Promise<void> => Promise.resolve();
  addRecentDocument = (): void => undefined;
  clearRecentDocuments = (): void => undefined;
  quit(): void {
    const asked = { isPrevented: false };
    this.emit('before-quit', { preventDefault: () => (asked.isPrevented = true) });
    if (!asked.isPrevented) process.exit(0);
  }
}
export const app = new App();
Object.assign(process, { resourcesPath: env['STAND_IN_RESOURCES']! });
// A packed program is its own executable: what follows it on the command line are files.
process.argv.splice(1, 1);

export class BrowserWindow extends EventEmitter {
  readonly webContents = Object.assign(new EventEmitter(), {
    send: (...said: unknown[]) => tell({ kind: 'to-window', said }),
    setWindowOpenHandler: () => undefined,
    toggleDevTools: () => undefined,
  });
  readonly #preload: string;
  constructor({ webPreferences }: { readonly webPreferences: { readonly preload: string } }) {
    super();
    this.#preload = webPreferences.preload;
    process.on('message', (message: ToStandIn) => {
      if (message.kind === 'choose') itemsOf(menu).find(({ label }) => label === message.label)!.click!();
      else this.#close();
    });
  }
  #close(): void {
    this.emit('close');
    app.emit('window-all-closed');
  }
  loadURL(url: string): Promise<void> {
    tell({ kind: 'window', url, preload: this.#preload });
    this.emit('ready-to-show');
    return Promise.resolve();
  }
  setProgressBar = (value: number): void => tell({ kind: 'progress', value });
  getNormalBounds = () => ({ x: 0, y: 0, width: 1280, height: 800 });
  isMaximized = (): boolean => false;
  isMinimized = (): boolean => false;
  maximize = (): void => undefined;
  restore = (): void => undefined;
  focus = (): void => undefined;
  show = (): void => undefined;
}

export const Menu = {
  buildFromTemplate: (template: readonly MenuItem[]) => template,
  setApplicationMenu(template: readonly MenuItem[]): void {
    menu = template;
    tell({ kind: 'menu', labels: itemsOf(menu).flatMap(({ label = [] }) => label) });
  },
};
export const dialog = {
  showErrorBox: (title: string, text: string): void => tell({ kind: 'error', title, text }),
};
export const ipcMain = { handle: (): void => undefined };
export const screen = { getAllDisplays: (): readonly unknown[] => [] };
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (): void => undefined,
    webRequest: { onBeforeRequest: (): void => undefined },
  },
};
export const shell = { openExternal: (): void => undefined };
