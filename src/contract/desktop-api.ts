/**
 * What the desktop program adds to the window, and nothing else: native file dialogs, and the path behind a dropped
 * file. In a browser `window.desktop` is undefined and the window shows the engine's file browser instead.
 */
export interface DesktopApi {
  /** Opens the system's file dialog; empty when it was cancelled. */
  chooseFiles(purpose: FilePurpose): Promise<readonly string[]>;
  /** Path on disk of a file that was dropped on the window. */
  pathOfDroppedFile(file: unknown): string;
}

export type FilePurpose = 'mosaics' | 'catalogue' | 'project';

/** The only channel between window and desktop host. */
export const CHOOSE_FILES_CHANNEL = 'desktop:choose-files';
