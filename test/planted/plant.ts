import { spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Bug, Edit } from './bugs.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const copied = ['shared', 'bff', 'package.json', 'tsconfig.json', 'test/vitest.config.ts']
const copiedTests = ['sandbox', 'world', 'simulation', 'journeys'].map((name) => `test/${name}`)
const atATime = 2
const own = { shared: 'shared', bff: 'bff' } as const

/** The text of a file with an edit made; throws when the place is not there exactly once. */
export function edited(text: string, edit: Edit): string {
  const parts = text.split(edit.find)
  if (parts.length !== 2) throw new Error(`${edit.file}: the place stands ${parts.length - 1} times`)
  return parts.join(edit.replace)
}

export function sourceOf(edit: Edit): string {
  return readFileSync(join(root, edit.file), 'utf8')
}

/** What became of a copy of the tree in which a bug was planted. */
export interface Planted {
  readonly bug: Bug | undefined
  /** Whether what should have caught it turned red. */
  readonly caught: boolean
  readonly output: string
}

/** Plants each bug in a copy of the tree, two at a time, and runs what must turn red; `undefined` stands for the tree as it is. */
export async function plantAll(
  all: readonly (Bug | undefined)[],
  told: (planted: Planted) => void = () => undefined,
): Promise<Planted[]> {
  const left = [...all.keys()]
  const planted = new Map<number, Planted>()
  const work = async (): Promise<void> => {
    for (let at = left.shift(); at !== undefined; at = left.shift()) {
      const one = await plant(all[at])
      planted.set(at, one)
      told(one)
    }
  }
  await Promise.all(Array.from({ length: atATime }, work))
  return [...all.keys()].flatMap((at) => planted.get(at) ?? [])
}

async function plant(bug: Bug | undefined): Promise<Planted> {
  const folder = mkdtempSync(join(tmpdir(), 'paycare-planted-'))
  try {
    copyTree(folder)
    for (const edit of bug?.edits ?? []) {
      const file = join(folder, edit.file)
      writeFileSync(file, edited(readFileSync(file, 'utf8'), edit))
    }
    const { code, output } = await run(folder, bug?.caughtBy ? testOf(bug.caughtBy) : dayOf(bug))
    // Red means that the run ended and found something wrong; a run that breaks down for another reason proves nothing.
    const red = bug?.caughtBy ? /Tests .*[1-9]\d* failed/ : /violations: [1-9]/
    return { bug, caught: code === 1 && red.test(output), output }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Copies what the mistakes need, and `more`, with every installed package as a link. */
export function copyTree(folder: string, more: readonly string[] = []): void {
  for (const name of [...copied, ...copiedTests, ...more]) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: (file) => !file.includes('node_modules') })
  }
  linkModules(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const workspace of ['bff', 'shared', 'test']) {
    const inner = join(root, workspace, 'node_modules')
    if (existsSync(inner)) linkModules(inner, join(folder, workspace, 'node_modules'))
  }
}

/** Every installed package as a link, the project's own as links into the copy. */
function linkModules(from: string, to: string): void {
  mkdirSync(join(to, '@paycare'), { recursive: true })
  for (const name of readdirSync(from)) {
    if (name !== '@paycare' && !name.startsWith('.')) symlinkSync(join(from, name), join(to, name))
  }
  for (const [name, folder] of Object.entries(own)) {
    const link = join(to, '@paycare', name)
    if (!existsSync(link)) symlinkSync(join(to, '..', folder), link)
  }
}

/** One day, no larger than the mistake needs. */
function dayOf(bug: Bug | undefined): string[] {
  const payments = bug?.isRare ? 900 : 260
  const size = bug?.ofRegistrations ? '--payments 20 --registrations 120' : `--payments ${payments} --registrations 0`
  const command = `node_modules/tsx/dist/cli.mjs test/simulation/main.ts --day --seed 8 ${size}`
  return command.split(' ')
}

function testOf({ project, file }: NonNullable<Bug['caughtBy']>): string[] {
  return ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', '--project', project, file]
}

function run(folder: string, command: readonly string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, command, { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, output }))
  })
}
