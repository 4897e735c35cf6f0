import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/e2e/**'],
    testTimeout: 60_000,
    // What a test waits for may come late beside a second worker: a second, the default, is too little.
    expect: { poll: { timeout: 30_000 } },
    // Two workers: the reference machine has two cores, and onnxruntime brings threads of its own.
    maxWorkers: 2,
    reporters: ['default'],
  },
});
