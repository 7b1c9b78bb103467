import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judge, record } from './judge.ts'
import { reasons } from './reasons.ts'
import { falls, page, report } from './report.ts'
import { folders, plant, root } from './tree.ts'

const [filter = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'paycare-mutation-'))
try {
  const beganMs = performance.now()
  const all = plant(folder)
  const mutants = all.filter(({ name }) => name.includes(filter))
  console.log(`${mutants.length} mutants`)
  await record(folder, folder)
  const verdicts = await judge(
    folder,
    folder,
    mutants.map(({ id }) => id),
  )
  const minutes = (performance.now() - beganMs) / 60_000
  const outcome = { folders, mutants, verdicts, reasons }
  console.log(`${report(outcome)}\nin ${minutes.toFixed(1)} min`)
  if (filter === '') writeFileSync(join(root, 'docs/mutation.md'), page(outcome))
  process.exitCode = falls(outcome) ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
