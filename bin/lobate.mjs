#!/usr/bin/env node
// The `lobate` command: starts src/cli on the Node that the project brings, whatever the host's Node is.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findNode, projectRoot } from './node-runtime.mjs';

const node = findNode();
if (node === undefined) {
  console.error('lobate: its Node 24 is not installed. Run `npm ci` in the project folder first.');
  process.exit(1);
}
const child = spawn(node, [join(projectRoot, 'src', 'cli', 'index.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => {
  if (signal !== null) process.exitCode = 1;
  else process.exitCode = code ?? 1;
});
