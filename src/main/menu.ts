import type { MenuItemConstructorOptions } from 'electron';
import type { DesktopCommand } from '../contract/desktop-api.ts';

export interface MenuState {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly recent: readonly { readonly name: string; readonly path: string }[];
  /** Lets the window do what it does on the key. */
  command(command: DesktopCommand): void;
  openFile(path: string): void;
  clearRecent(): void;
  toggleDeveloperTools(): void;
}

const MOST_RECENT = 10;

/**
 * The system's menu: what every desktop program has, and the ways into the window's own dialogs. The keys are shown here and
 * heard by the window, where the astronomer may have chosen others.
 */
export function menuTemplate(state: MenuState): MenuItemConstructorOptions[] {
  const isMac = state.platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    { label: '&File', submenu: fileMenu(state, isMac) },
    // Not the role: its undo is that of text fields, and the window's own is of labels and thresholds.
    {
      label: '&Edit',
      submenu: [
        commandItem(state, 'Undo', 'undo', 'CmdOrCtrl+Z'),
        commandItem(state, 'Redo', 'redo', 'Shift+CmdOrCtrl+Z'),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(state.isPackaged ? [] : [{ label: 'Developer tools', click: () => state.toggleDeveloperTools() }]),
      ],
    },
    ...(isMac ? [{ role: 'windowMenu' as const }] : []),
    {
      label: '&Help',
      role: 'help',
      submenu: [
        commandItem(state, 'Keyboard and mouse', 'keys', undefined),
        ...(isMac ? [] : [commandItem(state, 'About Lobate', 'about', undefined)]),
      ],
    },
  ];
}

function fileMenu(state: MenuState, isMac: boolean): MenuItemConstructorOptions[] {
  const recent = state.recent.slice(0, MOST_RECENT);
  return [
    commandItem(state, 'Open a field…', 'open', 'CmdOrCtrl+O'),
    {
      label: 'Open recent',
      enabled: recent.length > 0,
      submenu: [
        ...recent.map(({ name, path }) => ({ label: name, toolTip: path, click: () => state.openFile(path) })),
        { type: 'separator' },
        { label: 'Clear the system’s list', click: () => state.clearRecent() },
      ],
    },
    { type: 'separator' },
    commandItem(state, 'Export…', 'export', 'CmdOrCtrl+E'),
    commandItem(state, 'Save a copy to share…', 'save-copy', undefined),
    { type: 'separator' },
    isMac ? { role: 'close' } : { role: 'quit' },
  ];
}

function commandItem(
  state: MenuState,
  label: string,
  command: DesktopCommand,
  accelerator: string | undefined,
): MenuItemConstructorOptions {
  const shown = accelerator === undefined ? {} : { accelerator, registerAccelerator: false };
  return { label, ...shown, click: () => state.command(command) };
}
