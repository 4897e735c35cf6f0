import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { dialog, ipcMain } from 'electron';
import type { FilePurpose } from '../contract/desktop-api.ts';
import { CHOOSE_FILES_CHANNEL } from '../contract/desktop-api.ts';

const DIALOGS: Readonly<Record<FilePurpose, { title: string; extensions: string[]; isMultiple: boolean }>> = {
  mosaics: { title: 'Mosaics', extensions: ['fits', 'fit', 'fts', 'fz', 'gz'], isMultiple: true },
  catalogue: {
    title: 'Catalogue',
    extensions: ['fits', 'fit', 'fts', 'gz', 'vot', 'xml', 'csv', 'tsv', 'ecsv', 'parquet'],
    isMultiple: false,
  },
  project: { title: 'Lobate project', extensions: ['lobate'], isMultiple: false },
};

function isPurpose(value: unknown): value is FilePurpose {
  return typeof value === 'string' && value in DIALOGS;
}

/** Answers the window's request for a native file dialog; only our own window may ask. */
export function serveDialogs(window: BrowserWindow): void {
  ipcMain.handle(CHOOSE_FILES_CHANNEL, async (event: IpcMainInvokeEvent, purpose: unknown) => {
    if (event.sender !== window.webContents || !isPurpose(purpose)) return [];
    const { title, extensions, isMultiple } = DIALOGS[purpose];
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title,
      filters: [
        { name: title, extensions },
        { name: 'All files', extensions: ['*'] },
      ],
      properties: isMultiple ? ['openFile', 'multiSelections'] : ['openFile'],
    });
    return canceled ? [] : filePaths;
  });
}
