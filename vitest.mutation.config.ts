import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests of what is mutated (stryker.config.json), with a fixed seed: a mutant that lives does so in each run. */
export default mergeConfig(
  defineConfig({ test: { ...base.test, include: [] } }),
  defineConfig({
    test: {
      include: [
        'test/guard/**/*.test.ts',
        'test/core/plan*.test.ts',
        'test/app/{authorise,brake-plan,plan-digest,plan-writes}.test.ts',
      ],
      setupFiles: ['test/support/fixed-seed.ts'],
    },
  }),
);
