import { resolve } from 'node:path';
import { defineConfig } from 'electron-vite';
import renderer from './vite.renderer.config.ts';

const source = (path: string): string => resolve(import.meta.dirname, 'src', path);

/** The desktop program: main, the engine and the worker that it forks, preload, and the window. */
export default defineConfig({
  main: {
    build: {
      externalizeDeps: true,
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          index: source('main/index.ts'),
          engine: source('engine/desktop-entry.ts'),
          worker: source('worker/index.ts'),
          'cutout-thread': source('services/inference/cutout-thread.ts'),
          'table-thread': source('services/table-files/table-thread.ts'),
          'level-thread': source('services/tiles/level-thread.ts'),
          'neighbours-thread': source('services/inference/neighbours-thread.ts'),
          'batch-thread': source('services/trainer/batch-thread.ts'),
          'simulation-thread': source('services/simulation/simulation-thread.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      rolldownOptions: {
        input: { index: source('preload/index.ts') },
        // A sandboxed preload is loaded by Chromium, which knows CommonJS only.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // The very window that the web host serves.
  renderer,
});
