import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.e2e.ts'],
    globalSetup: ['tests/e2e/demo-field.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The window draws in software here, beside the engine that it waits for: a second, the default, is too little.
    expect: { poll: { timeout: 30_000 } },
    // One browser at a time: software rendering alone fills two cores, and two files side by side end no sooner.
    fileParallelism: false,
    reporters: ['default'],
  },
});
