import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { serveApp } from './served-app.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A cache that holds the demo field, simulated and classified. */
    readonly demoCache: string;
  }
}

/** Simulates and classifies the demo field once for all test files: each begins with a copy. */
export async function setup({ provide }: TestProject): Promise<() => void> {
  const cache = mkdtempSync(join(tmpdir(), 'lobate-demo-'));
  const app = await serveApp(['--demo'], { LOBATE_CACHE: cache });
  await app.summary;
  await app.stop();
  provide('demoCache', cache);
  return () => rmSync(cache, { recursive: true, force: true });
}

/** The cache of a machine on which the demo was opened once before. */
export const copyDemo = (demoCache: string, cache: string): void => cpSync(demoCache, cache, { recursive: true });
