import { readFileSync } from 'node:fs';

/** The version in package.json, which every output and every project names. */
export function softwareVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}
