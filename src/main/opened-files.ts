import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from 'electron';

/**
 * Files that the system hands over: named on the command line, double-clicked, dropped on the icon, or given to a second
 * start. macOS may do so before there is an engine; they wait for it.
 */
export class OpenedFiles {
  #waiting: string[] = [];
  #open: ((paths: readonly string[]) => void) | undefined;

  /** Has to be called before the app is ready. */
  constructor(app: Pick<App, 'on'>) {
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.add([path]);
    });
  }

  add(paths: readonly string[]): void {
    if (paths.length === 0) return;
    if (this.#open === undefined) this.#waiting.push(...paths);
    else this.#open(paths);
  }

  /** What waits, together: a mosaic and its catalogue that were given at once are one field. */
  deliverTo(open: (paths: readonly string[]) => void): void {
    this.#open = open;
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length > 0) open(waiting);
  }
}

/**
 * Files named on a command line: what follows the program's own path and is no option.
 * @param folder that relative names start from: a second start may come from elsewhere
 */
export function filesOf(argv: readonly string[], isPackaged: boolean, folder: string): string[] {
  return argv
    .slice(isPackaged ? 1 : 2)
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => resolve(folder, pathOf(argument)));
}

/** Desktops of Linux name a file that was double-clicked by its URL. One that names no file here stays as it is, and is not found. */
function pathOf(argument: string): string {
  if (!argument.startsWith('file:')) return argument;
  try {
    return fileURLToPath(argument);
  } catch {
    return argument;
  }
}
