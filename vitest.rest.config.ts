import { defineConfig, mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The tests of what is mutated (stryker.config.json), with a fixed seed: a mutant that lives does so in each run. */
export default mergeConfig(
  defineConfig({ test: { ...base.test, include: [] } }),
  defineConfig({
    test: {
      include: [
        'test/guard/{brake,brake-model,never-grant,last-access,running-elevation,unread-access,untouchable,withhold,facts-after,taking-order}.test.ts',
        
      ],
      setupFiles: ['test/support/fixed-seed.ts'],
    },
  }),
);
