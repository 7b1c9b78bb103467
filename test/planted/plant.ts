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
const copied = ['shared', 'bff', 'test/sandbox', 'test/world', 'test/simulation', 'package.json', 'tsconfig.json']
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

/** Runs the simulation on a copy of the tree in which the bug is planted; true when it turns red. */
export async function isCaught(
  bug: Bug | undefined,
  args: readonly string[],
): Promise<{ caught: boolean; output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'paycare-planted-'))
  try {
    copyTree(folder)
    for (const edit of bug?.edits ?? []) {
      const file = join(folder, edit.file)
      writeFileSync(file, edited(readFileSync(file, 'utf8'), edit))
    }
    return await run(folder, args)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Copies what the simulation needs, and `more`, with every installed package as a link. */
export function copyTree(folder: string, more: readonly string[] = []): void {
  for (const name of [...copied, ...more]) {
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

function run(folder: string, args: readonly string[]): Promise<{ caught: boolean; output: string }> {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  const child = spawn(process.execPath, [tsx, 'test/simulation/main.ts', ...args], { cwd: folder })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve) => {
    // Red means that the run ended and counted violations; a run that breaks down for another reason proves nothing.
    child.on('close', (code) => resolve({ caught: code === 1 && /violations: [1-9]/.test(output), output }))
  })
}
