import { defineConfig } from 'vitest/config';

/** These run what was built: dist/ is brought up to date first, once a run. */
const built = ['test/cli/**/*.test.ts', 'test/package/**/*.test.ts', 'test/demo.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'sources', include: ['test/**/*.test.ts'], exclude: built } },
      { extends: true, test: { name: 'built', include: built, globalSetup: ['test/build.ts'] } },
    ],
  },
});
