import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { defineConfig } from 'vitest/config'

const root = new URL('../..', import.meta.url).pathname
/** The fast ones first: what they kill need not be judged by the others. */
const folders = ['/shared/rules/', '/bff/engine/', '/test/journeys/', '/test/store/']

class FastFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => folders.findIndex((folder) => moduleId.includes(folder))
    return [...files].sort((a, b) => place(a) - place(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}

/** One worker judges all mutants: it loads everything once (`runner.ts`). */
export default defineConfig({
  test: {
    root,
    include: [
      'shared/rules/**/*.test.ts',
      'bff/engine/**/*.test.ts',
      'test/journeys/engine*.test.ts',
      'test/store/contract.test.ts',
    ],
    runner: 'test/mutation/runner.ts',
    setupFiles: ['test/mutation/setup.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: 1,
    fileParallelism: false,
    sequence: { sequencer: FastFirst },
    testTimeout: 5_000,
    hookTimeout: 20_000,
    dangerouslyIgnoreUnhandledErrors: true,
  },
})
