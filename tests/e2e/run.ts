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
run(['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.renderer.config.ts', '--logLevel', 'warn']);
run(['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.e2e.config.ts', ...process.argv.slice(2)]);
