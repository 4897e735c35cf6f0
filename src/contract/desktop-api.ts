/**
 * What the desktop program adds to the window, and nothing else: native file dialogs, the path behind a dropped file, and
 * the system's menu. In a browser `window.desktop` is undefined and the window shows the engine's file browser instead.
 */
export interface DesktopApi {
  /** Opens the system's file dialog; empty when it was cancelled. */
  chooseFiles(purpose: FilePurpose): Promise<readonly string[]>;
  /** Path on disk of a file that was dropped on the window. */
  pathOfDroppedFile(file: unknown): string;
  /** Tells what was chosen in the system's menu, until the function that it gives back is called. */
  onCommand(listener: (command: DesktopCommand) => void): () => void;
}

export type FilePurpose = 'mosaics' | 'catalogue' | 'project';

/** What the system's menu asks of the window. */
export const DESKTOP_COMMANDS = ['open', 'export', 'save-copy', 'keys', 'about', 'undo', 'redo'] as const;
export type DesktopCommand = (typeof DESKTOP_COMMANDS)[number];

/** From the host to the window. */
export const COMMAND_CHANNEL = 'desktop:command';

/** From the window to the host. */
export const CHOOSE_FILES_CHANNEL = 'desktop:choose-files';
