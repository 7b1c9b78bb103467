import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const dist = fileURLToPath(new URL('../../miniapp/dist', import.meta.url))

/** Functions that phones of 2020 do not have: nothing translates a call, unlike syntax. */
const lacking = /Object\.hasOwn\(|\.replaceAll\(|\.at\(-|\.findLast(?:Index)?\(|\bstructuredClone\(/g

/** What the text calls at these places. */
const callsOf = (code: string): string[] => [...code.matchAll(lacking)].map(([call]) => call)

const { SyntaxKind } = ts
/** Syntax of ES2020 and later that the floor of devices, iOS 13 and Chrome 78, cannot read: one of it blanks the whole page. */
const unreadable: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [SyntaxKind.QuestionDotToken, '?.'],
  [SyntaxKind.QuestionQuestionToken, '??'],
  [SyntaxKind.QuestionQuestionEqualsToken, '??='],
  [SyntaxKind.BarBarEqualsToken, '||='],
  [SyntaxKind.AmpersandAmpersandEqualsToken, '&&='],
  [SyntaxKind.PrivateIdentifier, '#field'],
  [SyntaxKind.PropertyDeclaration, 'class field'],
  [SyntaxKind.ClassStaticBlockDeclaration, 'static block'],
  [SyntaxKind.BigIntLiteral, 'bigint'],
])

/** The syntax in a script that is too new. */
function tooNew(code: string): string[] {
  const found = new Set<string>()
  const visit = (node: ts.Node): void => {
    const name = unreadable.get(node.kind)
    if (name !== undefined) found.add(name)
    if (ts.isRegularExpressionLiteral(node) && /\(\?<[=!]/.test(node.text)) found.add('lookbehind')
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('built.js', code, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS))
  return [...found]
}

/** Findings of every script of a build, by its path. */
function findings(folder: string, find: (code: string) => string[]): Record<string, string[]> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(10)
  const found = files.map((file) => [relative(folder, file), find(readFileSync(file, 'utf8'))] as const)
  return Object.fromEntries(found.filter(([, calls]) => calls.length > 0))
}

describe.each(['h5', 'weapp'])('every script of %s can be run by a phone of 2020', (target) => {
  const folder = join(dist, target)

  it('and is read by its parser', () => {
    expect(findings(folder, tooNew)).toEqual({})
  })

  it('and calls nothing that it lacks', () => {
    const calls = Object.values(findings(folder, callsOf)).flat()
    // `query-string`, which Taro brings along: the router asks it to leave values as they are, which passes these two by.
    expect(calls).toEqual(target === 'h5' ? ['.replaceAll(', '.replaceAll('] : [])
  })
})

describe('the search', () => {
  it.each(['a?.b', 'a ?? b', 'a ??= b', 'a ||= b', 'class A { #b = 1 }', 'class A { b = 1 }', '1n', '/(?<=a)b/'])(
    'finds %s',
    (code) => expect(tooNew(code)).not.toEqual([]),
  )

  it.each(['Object.hasOwn(a, b)', 'a.replaceAll(b, c)', 'a.at(-1)', 'a.findLast(b)', 'structuredClone(a)'])(
    'finds %s',
    (code) => expect(callsOf(code)).toHaveLength(1),
  )
})
