// Command: npm run test:e2e. Drives the real app in a real browser; skips with a message where there is none, and fails
// instead when LOBATE_E2E_REQUIRED=1.
import { spawnSync } from 'node:child_process';
import { env, execPath, exit } from 'node:process';
import { chromiumPath } from './browser.ts';

if (chromiumPath === undefined) {
  console.error('e2e: no Chromium found (install the package chromium, or set LOBATE_CHROMIUM to its path).');
  exit(env['LOBATE_E2E_REQUIRED'] === '1' ? 1 : 0);
}
const run = (args: readonly string[]): void => {
  const { status } = spawnSync(execPath, args, { stdio: 'inherit' });
  if (status !== 0) exit(status ?? 1);
};
// The window that the web host serves is a part of the desktop program, which is packed by a test.
run(['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn']);
run(['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.e2e.config.ts', ...process.argv.slice(2)]);
