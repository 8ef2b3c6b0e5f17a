import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], more: object = {}): object => ({
  test: { name, include, ...more },
});

/** `npm test` runs all but `browser`, which needs Chromium and drives the whole demo. */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      // Some draw every card or learn questions; on a busy machine that takes more than vitest's 5 s.
      project('unit', ['test/unit/**/*.test.ts'], { testTimeout: 30_000 }),
      project('contract', ['test/contract/**/*.test.ts'], { testTimeout: 30_000 }),
      project('real', ['test/real/**/*.test.ts'], { testTimeout: 60_000, hookTimeout: 60_000 }),
      project('e2e', ['test/e2e/**/*.test.ts'], { testTimeout: 30_000, hookTimeout: 60_000 }),
      project('browser', ['test/browser/**/*.test.ts'], {
        testTimeout: 300_000,
        hookTimeout: 120_000,
        fileParallelism: false,
      }),
    ],
  },
});
