/** The desktop host: one engine, one window. No science here, and nothing slow. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { serveDialogs } from './dialogs.ts';
import type { EngineProcess } from './engine-process.ts';
import { startEngineProcess } from './engine-process.ts';
import { setApplicationMenu } from './menu.ts';
import { openWindow } from './window.ts';

const builtFolder = import.meta.dirname;

/** Files named on the command line: everything after the program's own path that is not an option. */
function filesOf(argv: readonly string[]): string[] {
  return argv.slice(app.isPackaged ? 1 : 2).filter((argument) => !argument.startsWith('-'));
}

async function start(): Promise<EngineProcess> {
  const engine = startEngineProcess(builtFolder, [
    `--user-data=${app.getPath('userData')}`,
    `--renderer=${join(builtFolder, '..', 'renderer')}`,
    `--program=${app.getAppPath()}`,
    ...filesOf(process.argv),
  ]);
  const window = await openWindow(await engine.url, join(builtFolder, '..', 'preload'));
  serveDialogs(window);
  setApplicationMenu(window);
  app.on('second-instance', (_event, argv) => {
    if (window.isMinimized()) window.restore();
    window.focus();
    const files = filesOf(argv);
    if (files.length > 0) engine.openFiles(files);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    engine.openFiles([path]);
  });
  return engine;
}

if (!app.requestSingleInstanceLock()) {
  app.quit();
} else {
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
      engine = await start();
    } catch (thrown) {
      dialog.showErrorBox('Lobate could not start', thrown instanceof Error ? thrown.message : String(thrown));
      app.quit();
    }
  });
}
