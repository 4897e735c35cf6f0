/** The desktop host: one engine, one window. No science here, and nothing slow. */
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog, Menu } from 'electron';
import { COMMAND_CHANNEL } from '../contract/desktop-api.ts';
import { serveDialogs } from './dialogs.ts';
import type { EngineNews, EngineProcess } from './engine-process.ts';
import { startEngineProcess } from './engine-process.ts';
import type { MenuState } from './menu.ts';
import { menuTemplate } from './menu.ts';
import { filesOf, OpenedFiles } from './opened-files.ts';
import { openWindow } from './window.ts';
import { messageOf } from '../core/result/message-of.ts';

const builtFolder = import.meta.dirname;

async function start(opened: OpenedFiles): Promise<EngineProcess> {
  const userData = app.getPath('userData');
  const engine = startEngineProcess(builtFolder, [
    `--user-data=${userData}`,
    `--renderer=${join(builtFolder, '..', 'renderer')}`,
    `--program=${app.getAppPath()}`,
    // Weights are read by onnxruntime itself, which knows no archives: packed, they lie beside it.
    `--models=${app.isPackaged ? join(process.resourcesPath, 'models') : join(app.getAppPath(), 'models')}`,
  ]);
  // The engine has news before there is a window.
  const shown: { window?: BrowserWindow; recent: MenuState['recent']; isOnline: boolean } = {
    recent: [],
    isOnline: false,
  };
  const showMenu = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(menuState())));
  const menuState = (): MenuState => ({
    platform: process.platform,
    isPackaged: app.isPackaged,
    recent: shown.recent,
    command: (command) => shown.window?.webContents.send(COMMAND_CHANNEL, command),
    openFile: (path) => engine.openFiles([path]),
    clearRecent: () => app.clearRecentDocuments(),
    toggleDeveloperTools: () => shown.window?.webContents.toggleDevTools(),
  });
  engine.onNews((news) => {
    if (news.kind === 'progress') shown.window?.setProgressBar(progressBarOf(news.done));
    else if (news.kind === 'online') shown.isOnline = news.isOn;
    else {
      const [newest] = news.projects;
      if (newest !== undefined && newest.path !== shown.recent[0]?.path) app.addRecentDocument(newest.path);
      shown.recent = news.projects;
      showMenu();
    }
  });
  showMenu();
  const window = await openWindow(await engine.url, join(builtFolder, '..', 'preload'), userData, () => shown.isOnline);
  serveDialogs(window);
  shown.window = window;
  app.on('second-instance', (_event, argv, workingFolder) => {
    if (window.isMinimized()) window.restore();
    window.focus();
    opened.add(filesOf(argv, app.isPackaged, workingFolder));
  });
  opened.deliverTo((paths) => engine.openFiles(paths));
  return engine;
}

/** As `setProgressBar` wants it: −1 for none, more than 1 for work whose end is not known. */
function progressBarOf(done: Extract<EngineNews, { kind: 'progress' }>['done']): number {
  if (done === 'nothing to do') return -1;
  return done === 'unknown' ? 2 : done;
}

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
  const opened = new OpenedFiles(app);
  opened.add(filesOf(process.argv, app.isPackaged, process.cwd()));
  let engine: EngineProcess | undefined;
  let isClosing = false;
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', (event) => {
    if (engine === undefined || isClosing) return;
    // The engine gets the time to close its project file properly.
    event.preventDefault();
    isClosing = true;
    void engine.close().finally(() => app.quit());
  });
  void app.whenReady().then(async () => {
    try {
      engine = await start(opened);
    } catch (thrown) {
      dialog.showErrorBox('Lobate could not start', messageOf(thrown));
      app.quit();
    }
  });
}
