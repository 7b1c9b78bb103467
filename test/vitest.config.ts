import { defineConfig } from 'vitest/config'

const root = new URL('..', import.meta.url).pathname

/**
 * Each project is one kind of test; `npm run test:quick` runs the first two. What starts processes of its own and is measured against a clock
 * has the machine to itself: a group begins when the one before is over.
 */
export default defineConfig({
  test: {
    root,
    reporters: process.env['CI'] ? ['default'] : ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'shared/**/*.test.ts',
            'bff/**/*.test.ts',
            'test/sandbox/**/*.test.ts',
            'miniapp/{src,config}/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['test/{journeys,store,bench}/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'gm',
          include: ['test/gm/**/*.test.ts', 'test/journeys/{visit,registration,notify,jump,faults}.test.ts'],
          env: { TEST_BANK_PROFILE: 'BOCOM_GM' },
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      { extends: true, test: { name: 'build', include: ['test/build/**/*.test.ts'], testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: ['test/{simulation,planted}/**/*.test.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'process',
          include: ['test/kill/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'weapp',
          include: ['test/weapp/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
