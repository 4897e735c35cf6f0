import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.e2e.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One browser at a time: software rendering alone fills two cores.
    fileParallelism: false,
    reporters: ['default'],
  },
});
