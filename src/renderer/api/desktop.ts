import type { DesktopApi } from '../../contract/desktop-api.ts';

declare global {
  interface Window {
    readonly desktop?: DesktopApi;
  }
}

/** What the desktop program adds; undefined in a browser. */
export const desktopApi = (): DesktopApi | undefined => window.desktop;
