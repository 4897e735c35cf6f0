import { join } from 'node:path';
import { BrowserWindow, session, shell } from 'electron';
import { isOnlineUrl } from '../contract/online.ts';
import { keepWindowState, readWindowState, SMALLEST } from './window-state.ts';

/** Requests of the page that stay on this machine: to its own engine, and for what it carries in itself. */
function isLocal(requested: string, engineOrigin: string): boolean {
  const url = new URL(requested);
  if (['data:', 'blob:', 'devtools:'].includes(url.protocol)) return true;
  const origin = url.protocol === 'ws:' ? `http://${url.host}` : url.origin;
  return origin === engineOrigin;
}

/**
 * Opens the one window on the engine's URL: sandboxed, without Node, unable to go anywhere else; where it was left.
 * @param stateFolder where its place is kept
 * @param isOnline whether the machines of `contract/online.ts` may be asked at the moment
 */
export async function openWindow(
  url: string,
  preloadFolder: string,
  stateFolder: string,
  isOnline: () => boolean,
): Promise<BrowserWindow> {
  const engineOrigin = new URL(url).origin;
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isLocal(details.url, engineOrigin) && !(isOnline() && isOnlineUrl(details.url)) }),
  );

  const { isMaximised = false, ...place } = readWindowState(stateFolder);
  const window = new BrowserWindow({
    ...place,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    // The dark theme's background: no white flash before the page is there.
    backgroundColor: '#101113',
    show: false,
    webPreferences: {
      preload: join(preloadFolder, 'index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  keepWindowState(window, stateFolder);
  window.once('ready-to-show', () => {
    if (isMaximised) window.maximize();
    window.show();
  });
  window.webContents.setWindowOpenHandler(({ url: target }) => {
    // Links (the Aladin Lite logo, the paper) open in the user's browser, which is his own decision to be online.
    if (target.startsWith('https://')) void shell.openExternal(target);
    return { action: 'deny' };
  });
  window.webContents.on('will-navigate', (event, target) => {
    if (new URL(target).origin !== engineOrigin) event.preventDefault();
  });
  await window.loadURL(url);
  return window;
}
