// Remembers which sources a build was made from, so that it is made again when they change and only then.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './node-runtime.mjs';

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

function fingerprint(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(join(projectRoot, source)))) {
    hash.update(file.slice(projectRoot.length)).update(readFileSync(file));
  }
  return hash.digest('hex');
}

const stampFile = (name) => join(projectRoot, 'out', `${name.replaceAll(' ', '-')}.stamp`);

export function isStale(name, sources) {
  return !existsSync(stampFile(name)) || readFileSync(stampFile(name), 'utf8') !== fingerprint(sources);
}

export function stamp(name, sources) {
  mkdirSync(join(projectRoot, 'out'), { recursive: true });
  writeFileSync(stampFile(name), fingerprint(sources));
}
