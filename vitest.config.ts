/** Test projects: `vitest run --project=unit packages/coaia/src/store` runs the tests of one room. */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { SlowFirst } from './tests/slow-first.ts';

const house = [
  'tests/architecture.test.ts',
  'tests/architecture/**/*.test.ts',
  'tests/docs*.test.ts',
  'tests/docs/**/*.test.ts',
];

/** Ends what hangs; nothing is measured by it. Full counts take their time. */
const limit = (ms: number) => (process.env['COAIA_SOAK'] === undefined ? ms : 3_600_000);

const properties = join(import.meta.dirname, 'tests/properties.ts');

/** Tests that import fast-check get it from `tests/properties.ts`. */
const seeded = {
  name: 'seeded-properties',
  enforce: 'pre' as const,
  resolveId: (source: string, importer?: string) =>
    source === 'fast-check' && importer !== properties ? properties : undefined,
};

/** How long `expect.poll` waits for a state; how fast it comes depends on what else the machine does. */
const poll = { timeout: 15_000, interval: 20 };

export default defineConfig({
  test: {
    passWithNoTests: true,
    globalSetup: ['tests/global-setup.ts'],
    // Most of the time goes into waiting for programs and pages, so two files run beside each other on two cores.
    maxWorkers: 2,
    sequence: { sequencer: SlowFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        plugins: [seeded],
        test: {
          name: 'unit',
          expect: { poll },
          include: ['packages/{coaia,client}/{src,bin}/**/*.test.ts'],
          testTimeout: limit(40_000),
          hookTimeout: 60_000,
        },
      },
      {
        plugins: [seeded],
        test: {
          name: 'web',
          expect: { poll },
          // Pure functions: nothing that one file could leave to the next.
          isolate: false,
          include: ['packages/web/src/**/*.test.{ts,tsx}'],
          testTimeout: limit(20_000),
        },
      },
      {
        // The page in a real browser against a stub server or the real one; needs Debian's chromium.
        test: {
          name: 'browser',
          // What a page will show is waited for as long as Playwright waits.
          expect: { poll: { ...poll, timeout: 30_000 } },
          include: ['packages/web/tests/**/*.test.ts', 'tests/browser/**/*.test.ts'],
          globalSetup: ['packages/web/tests/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        plugins: [seeded],
        test: { name: 'house', expect: { poll }, include: house, testTimeout: 30_000 },
      },
      {
        // What crosses rooms: official SDKs, the browser, several processes, examples.
        plugins: [seeded],
        test: {
          name: 'system',
          expect: { poll },
          include: ['tests/**/*.test.ts', 'examples/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...house, 'tests/packed/**', 'tests/browser/**'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        // The packed program in an empty prefix.
        test: {
          name: 'packed',
          expect: { poll },
          include: ['tests/packed/**/*.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
