import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where a thread's code lies: beside this file as a source, and beside the bundle that it was built into. */
export function threadEntry(name: 'cutout-thread' | 'neighbours-thread'): string | undefined {
  return [`./${name}.ts`, `./${name}.js`, `../${name}.js`]
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
}
