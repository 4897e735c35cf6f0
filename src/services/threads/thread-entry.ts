import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Where a thread's code lies: beside the file that starts it as a source, and beside the bundle that both were built into.
 * @param starter `import.meta.url` of that file
 * @returns undefined where it lies in neither place; the work is then done without a thread
 */
export function threadEntry(
  name: 'cutout-thread' | 'level-thread' | 'neighbours-thread' | 'batch-thread' | 'table-thread' | 'simulation-thread',
  starter: string,
): string | undefined {
  return [`./${name}.ts`, `./${name}.js`, `../${name}.js`]
    .map((path) => fileURLToPath(new URL(path, starter)))
    .find((path) => existsSync(path));
}
