import { cpSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import type { TestProject } from 'vitest/node';
import { serveApp } from './served-app.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A cache that holds the demo field, simulated and classified. */
    readonly demoCache: string;
  }
}

/** A folder in which the demo field is kept for what is run after the tests; undefined where nobody wants it. */
export const keptDemoCache = env['LOBATE_E2E_DEMO'];

/** Simulates and classifies the demo field once for all test files: each begins with a copy. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const cache = keptDemoCache ?? mkdtempSync(join(tmpdir(), 'lobate-demo-'));
  const app = await serveApp(['--demo'], { LOBATE_CACHE: cache });
  await app.summary;
  await app.stop();
  provide('demoCache', cache);
  return () => {
    if (cache !== keptDemoCache) rmSync(cache, { recursive: true, force: true });
  };
}

/** The cache of a machine on which the demo was opened once before; empty where `demoCache` is not there. */
export function copyDemo(demoCache: string | undefined, cache: string): void {
  if (demoCache !== undefined && existsSync(demoCache)) cpSync(demoCache, cache, { recursive: true });
}

/** The same where the demo was simulated and never opened: it is classified when it is. */
export const copySimulatedDemo = (demoCache: string, cache: string): void =>
  cpSync(demoCache, cache, { recursive: true, filter: (path) => !/\.lobate[^/]*$/.test(path) });

/** Mosaic, catalogue and Gaussians of the demo in a cache. */
export const demoFilesIn = (cache: string): readonly string[] =>
  ['*-mosaic.fits', '*.srl.fits', '*.gaul.fits'].map((name) => globSync(join(cache, 'demo-field-*', name))[0]!);
