import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { env } from 'node:process';

/**
 * Real survey files, which are not in the repository. They are looked for in `LOBATE_REALDATA` (default: the folder
 * `shared/realdata` beside the checkout). Where they are absent, tests on them skip; with `LOBATE_REALDATA_REQUIRED=1`
 * (continuous integration, when the folder is there) a missing file is a failure.
 */
export const realdataFolder = resolve(
  env['LOBATE_REALDATA'] ?? resolve(import.meta.dirname, '..', '..', 'shared', 'realdata'),
);

/** Path of a real file, whether or not it is there. */
export const realdataPath = (...parts: string[]): string => resolve(realdataFolder, ...parts);

/** Whether tests on these files can run: `describe.skipIf(!hasRealdata('08_LoTSS_DR1_cutouts'))`. */
export function hasRealdata(...parts: string[]): boolean {
  const path = realdataPath(...parts);
  if (existsSync(path)) return true;
  if (env['LOBATE_REALDATA_REQUIRED'] === '1') throw new Error(`${path} is missing although real data are required`);
  console.warn(`skipped: no real data at ${path} (set LOBATE_REALDATA)`);
  return false;
}
