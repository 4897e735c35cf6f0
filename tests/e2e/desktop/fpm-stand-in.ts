/**
 * Stands in for fpm, which makes the Debian package and which electron-builder would fetch from GitHub: lays what it is given
 * for the system's own folders under LAID_DOWN, and makes no package.
 */
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { argv, env } from 'node:process';

for (const argument of argv.slice(2)) {
  const [, from, to] = /^([^-=][^=]*)=(\/usr\/.*)$/.exec(argument) ?? [];
  if (from !== undefined && to !== undefined) cpSync(from, join(env['LAID_DOWN']!, to));
}
