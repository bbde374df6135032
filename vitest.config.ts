import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** These run what was built: dist/ is brought up to date first, once a run. */
const built = ['test/cli/**/*.test.ts', 'test/ci/**/*.test.ts', 'test/package/**/*.test.ts', 'test/demo.test.ts'];

const proofs = 'test/proofs/**/*.test.ts';

/** Whole programs and compilers run here, several at a time: the limit is for one that hangs. */
const patient = { testTimeout: 300_000, hookTimeout: 300_000 };

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Most of the time a test waits for a process or a compiler of its own: one worker on two cores would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      { extends: true, test: { name: 'sources', include: ['test/**/*.test.ts'], exclude: [...built, proofs] } },
      { extends: true, test: { name: 'proofs', include: [proofs], ...patient } },
      { extends: true, test: { name: 'built', include: built, globalSetup: ['test/build.ts'], ...patient } },
    ],
  },
});
