// `npm start`: opens Lobate. With Electron's binary at hand (or fetched) as a desktop program, otherwise says so in one
// line and serves the same app to the browser. `npm start -- MOSAIC.fits CATALOGUE.fits` opens one's own data.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findNode, projectRoot } from './node-runtime.mjs';
import { isStale, stamp } from './build-stamp.mjs';

const node = findNode();
if (node === undefined) {
  console.error('lobate: its Node 24 is not installed. Run `npm ci` first.');
  process.exit(1);
}

/** A download that takes longer than this is announced [ms]; where there is no network it fails at once. */
const QUIET_MS = 1500;

/**
 * Electron's executable, or undefined. Its package fetches it on first use, in a process of its own here because it
 * reports every failure in its own words.
 */
async function findElectron() {
  if (process.env.LOBATE_HOST === 'web' || process.env.CI) return undefined;
  const child = spawn(node, ['-p', "require('electron')"], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'ignore'] });
  const announcement = setTimeout(() => console.error("Fetching Electron's program, once …"), QUIET_MS);
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearTimeout(announcement);
  const path = printed.trim().split('\n').at(-1) ?? '';
  return code === 0 && existsSync(path) ? path : undefined;
}

function build(name, sources, args) {
  if (!isStale(name, sources)) return;
  console.error(`Building the ${name} (first start, or the sources changed) …`);
  const done = spawnSync(node, args, { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] });
  if (done.status !== 0) {
    console.error(`lobate: the ${name} could not be built.`);
    process.exit(1);
  }
  stamp(name, sources);
}

const modules = join(projectRoot, 'node_modules');
const windowSources = ['src/renderer', 'src/contract', 'src/core', 'vite.renderer.config.ts', 'package-lock.json'];
build('window', windowSources, [
  join(modules, 'vite', 'bin', 'vite.js'),
  'build',
  '--config',
  'vite.renderer.config.ts',
  '--logLevel',
  'warn',
]);

const files = process.argv.slice(2);
const electron = await findElectron();
let command;
if (electron !== undefined) {
  const desktopSources = ['src', 'electron.vite.config.ts', 'package-lock.json'];
  build('desktop program', desktopSources, [join(modules, 'electron-vite', 'bin', 'electron-vite.js'), 'build']);
  command = [electron, [projectRoot, ...files]];
} else {
  console.error("Electron's program is not installed here and could not be fetched: opening in the browser instead.");
  const what = files.length > 0 ? files : ['--demo'];
  command = [node, [join(projectRoot, 'src', 'cli', 'index.ts'), 'serve', ...what]];
}
const child = spawn(command[0], command[1], { cwd: process.env.INIT_CWD ?? process.cwd(), stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
