import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { DesktopApi } from '../contract/desktop-api.ts';
import { CHOOSE_FILES_CHANNEL, COMMAND_CHANNEL, DESKTOP_COMMANDS } from '../contract/desktop-api.ts';

const desktop: DesktopApi = {
  chooseFiles: (purpose) => ipcRenderer.invoke(CHOOSE_FILES_CHANNEL, purpose) as Promise<readonly string[]>,
  pathOfDroppedFile: (file) => webUtils.getPathForFile(file as File),
  onCommand: (listener) => {
    const onMessage = (_event: unknown, said: unknown): void => {
      const command = DESKTOP_COMMANDS.find((known) => known === said);
      if (command !== undefined) listener(command);
    };
    ipcRenderer.on(COMMAND_CHANNEL, onMessage);
    return () => {
      ipcRenderer.off(COMMAND_CHANNEL, onMessage);
    };
  },
};

contextBridge.exposeInMainWorld('desktop', desktop);
