// Run by `npm ci` (npm's `prepare`): puts the `lobate` command into node_modules/.bin, because npm links the
// commands of dependencies there but not those of the project itself. After it, `npx lobate` works at once.
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const binFolder = join(root, 'node_modules', '.bin');
const launcher = join(root, 'bin', 'lobate.mjs');

if (existsSync(join(root, 'node_modules'))) {
  mkdirSync(binFolder, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(join(binFolder, 'lobate.cmd'), `@node "%~dp0\\..\\..\\bin\\lobate.mjs" %*\r\n`);
  } else {
    const link = join(binFolder, 'lobate');
    rmSync(link, { force: true });
    symlinkSync(join('..', '..', 'bin', 'lobate.mjs'), link);
    chmodSync(launcher, 0o755);
  }
}
