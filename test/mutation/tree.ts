import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Edit } from '../planted/bugs.ts'
import { copyTree, edited } from '../planted/plant.ts'
import { instrument, type Mutant, type Source } from './instrument.ts'

export const root = new URL('../..', import.meta.url).pathname
/** What is judged. */
export const folders = ['bff/engine', 'shared/rules']

/** One store is enough: the statements are the same on the others. */
const onSqlite: readonly Edit[] = [
  {
    file: 'test/store/contract.test.ts',
    find: `import { exec, kinds, rows } from './stores.ts'`,
    replace: `import { exec, kinds as all, rows } from './stores.ts'\nconst kinds = all.filter(({ name }) => name === 'SQLite')`,
  },
  {
    file: 'test/store/contract.test.ts',
    find: 'server = await PostgresServer.start()',
    replace: 'await Promise.resolve()',
  },
  { file: 'test/store/contract.test.ts', find: 'afterAll(() => server.stop())', replace: 'afterAll(() => undefined)' },
]

/** Copies the tree with a switch for every mistake in it. */
export function plant(folder: string): readonly Mutant[] {
  copyTree(folder, ['test/journeys', 'test/store', 'test/demo', 'test/mutation'])
  for (const edit of onSqlite) {
    const file = join(folder, edit.file)
    writeFileSync(file, edited(readFileSync(file, 'utf8'), edit))
  }
  const read = (file: string): Source => ({ file, text: readFileSync(join(folder, file), 'utf8') })
  const isTest = (file: string): boolean => file.endsWith('.test.ts')
  const judged = folders.flatMap(sourcesIn).filter((file) => !isTest(file))
  const readers = [...folders, 'test/journeys', 'test/store'].flatMap(sourcesIn).filter(isTest)
  const runtime = (file: string): string => relative(dirname(file), 'test/mutation/switch.ts')
  const { files, mutants } = instrument(judged.map(read), readers.map(read), runtime)
  for (const { file, text } of files) writeFileSync(join(folder, file), text)
  return mutants
}

function sourcesIn(folder: string): string[] {
  const names = readdirSync(join(root, folder)).filter((name) => name.endsWith('.ts'))
  return names.map((name) => `${folder}/${name}`)
}
