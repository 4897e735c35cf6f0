import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import { screen } from 'electron';

/** Where the window was, and whether it filled the screen. */
interface WindowState extends Rectangle {
  readonly isMaximised: boolean;
}

const FILE = 'window.json';
export const SMALLEST = { width: 1024, height: 700 } as const;
const FIRST = { width: 1440, height: 900 } as const;
/** This much of the title bar has to be on a screen, to be dragged by [pixel]. */
const GRIP = { width: 120, height: 30 } as const;

/** Size and place for a new window: as it was left, if some screen still shows it, else the first size in the middle. */
export function readWindowState(
  folder: string,
): Partial<WindowState> & { readonly width: number; readonly height: number } {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
    const { x, y, width, height, isMaximised } = read as Omit<WindowState, 'isMaximised'> & { isMaximised: unknown };
    if (![x, y, width, height].every(Number.isInteger)) return FIRST;
    const size = { width: Math.max(width, SMALLEST.width), height: Math.max(height, SMALLEST.height) };
    return isWithinReach({ x, y, ...size }) ? { x, y, ...size, isMaximised: isMaximised === true } : FIRST;
  } catch {
    return FIRST;
  }
}

/** Whether the upper edge can be gripped on one of the screens that are there now. */
function isWithinReach({ x, y, width }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const overlap = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x);
    const isOnHeight = y >= workArea.y && y + GRIP.height <= workArea.y + workArea.height;
    return overlap >= GRIP.width && isOnHeight;
  });
}

/** Notes where the window is when it closes. A full disk loses the place of a window and nothing else. */
export function keepWindowState(window: BrowserWindow, folder: string): void {
  window.on('close', () => {
    // What it returns to when it no longer fills the screen.
    const state: WindowState = { ...window.getNormalBounds(), isMaximised: window.isMaximized() };
    const path = join(folder, FILE);
    try {
      writeFileSync(`${path}.part`, JSON.stringify(state));
      renameSync(`${path}.part`, path);
    } catch {
      // It opens in the middle next time.
    }
  });
}
