// Finds the Node that Lobate needs. The host's own Node may be older (20): better-sqlite3 needs 22, and the sources are
// run as they are, which needs Node's type stripping (24). `npm ci` brings such a Node as the dependency `node`.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

const REQUIRED_MAJOR = 24;

/** Path of a Node of at least the required major version, or undefined where `npm ci` has not been run. */
export function findNode() {
  const bundled = join(projectRoot, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(bundled)) return bundled;
  return Number(process.versions.node.split('.')[0]) >= REQUIRED_MAJOR ? process.execPath : undefined;
}
