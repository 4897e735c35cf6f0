import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopApi } from '../contract/desktop-api.ts';
import { CHOOSE_FILES_CHANNEL } from '../contract/desktop-api.ts';

const desktop: DesktopApi = {
  chooseFiles: (purpose) => ipcRenderer.invoke(CHOOSE_FILES_CHANNEL, purpose) as Promise<readonly string[]>,
  pathOfDroppedFile: (file) => webUtils.getPathForFile(file as File),
};

contextBridge.exposeInMainWorld('desktop', desktop);
