import type { BrowserWindow, MenuItemConstructorOptions } from 'electron';
import { app, Menu } from 'electron';

/**
 * The system's menu. It holds what every desktop program has; what belongs to Lobate is in the window, where it is the
 * same in a browser.
 */
export function setApplicationMenu(window: BrowserWindow): void {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [process.platform === 'darwin' ? { role: 'close' } : { role: 'quit' }],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged
          ? []
          : [
              {
                label: 'Developer tools',
                click: () => window.webContents.toggleDevTools(),
              } satisfies MenuItemConstructorOptions,
            ]),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
