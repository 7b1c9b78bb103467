import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const oxlint = join(root, 'node_modules/oxlint/bin/oxlint')

/** What nobody may import, by the file that would do it. */
const forbidden: readonly (readonly [file: string, line: string])[] = [
  ['shared/rules/x.ts', `import { readFileSync as x } from 'node:fs'`],
  ['shared/contract/x.ts', `import { Engine as x } from '@paycare/bff/engine/index.ts'`],
  ['bff/db/x.ts', `import { Engine as x } from '../engine/index.ts'`],
  ['bff/gateways/bank/x.ts', `import { totalsOf as x } from '../../modules/visits/index.ts'`],
  ['bff/http/x.ts', `import { readCard as x } from '../modules/account/index.ts'`],
  ['bff/engine/x.ts', `import { BankClient as x } from '../gateways/bank/client.ts'`],
  ['bff/engine/x.ts', `import { totalsOf as x } from '../modules/visits/index.ts'`],
  ['bff/modules/visits/x.ts', `import { readCard as x } from '../account/cards.ts'`],
  ['bff/modules/visits/x.ts', `import { move as x } from '../../engine/journal.ts'`],
  ['bff/worker/x.ts', `import { BankClient as x } from '../gateways/bank/client.ts'`],
  ['test/sandbox/bank/x.ts', `import { fenToYuan as x } from '@paycare/shared/rules'`],
  ['miniapp/src/ui/x.ts', `import { call as x } from '../api/call'`],
  ['miniapp/src/features/home/x.ts', `import x from '../../pages/home/index'`],
  ['miniapp/src/features/home/x.ts', `import { Card as x } from '@paycare/shared/contract'`],
]

const allowed: readonly (readonly [file: string, line: string])[] = [
  ['bff/engine/x.ts', `import type { Line as x } from '../gateways/line.ts'`],
  ['bff/modules/visits/x.ts', `import { readCard as x } from '../account/index.ts'`],
  ['bff/modules/visits/x.ts', `import { Engine as x } from '../../engine/index.ts'`],
  ['miniapp/src/features/home/x.ts', `import type { Card as x } from '@paycare/shared/contract'`],
]

describe('the linter', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'paycare-lint-'))
    copyFileSync(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function lint(file: string, text: string): string {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
    const { stdout } = spawnSync(process.execPath, [oxlint, file], { cwd: folder, encoding: 'utf8' })
    rmSync(join(folder, file))
    return stdout
  }

  const importing = (line: string) =>
    line.startsWith('import type') ? `${line}\nexport type { x }\n` : `${line}\nexport { x }\n`

  it.each(forbidden)('refuses in %s: %s', (file, line) => {
    expect(lint(file, importing(line))).toContain('no-restricted-imports')
  })

  it.each(allowed)('allows in %s: %s', (file, line) => {
    expect(lint(file, importing(line))).not.toContain('no-restricted-imports')
  })

  it('refuses anything tappable outside the one element', () => {
    const text = 'export const Bad = () => <div onClick={() => undefined}>x</div>\n'
    expect(lint('miniapp/src/pages/home/x.tsx', text)).toContain('forbid-dom-props')
  })

  it.each(['Date.now()', 'Math.random()'])('refuses %s in the BFF', (expression) => {
    expect(lint('bff/modules/visits/x.ts', `export const x = ${expression}\n`)).toContain('no-restricted-properties')
  })
})
