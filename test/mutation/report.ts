import type { Mutant } from './instrument.ts'
import type { Verdict } from './judge.ts'
import type { Reason } from './reasons.ts'

/** The share of each folder that must be killed. */
const leastShare = 0.9

export interface Outcome {
  readonly folders: readonly string[]
  readonly mutants: readonly Mutant[]
  readonly verdicts: ReadonlyMap<number, Verdict>
  readonly reasons: readonly Reason[]
}

interface Score {
  readonly name: string
  readonly all: number
  readonly killed: number
}

const percent = ({ killed, all }: Score): string => `${((100 * killed) / all).toFixed(1)} %`

function scoreOf({ verdicts }: Outcome, name: string, mutants: readonly Mutant[]): Score {
  return { name, all: mutants.length, killed: mutants.filter(({ id }) => verdicts.get(id)?.is === 'killed').length }
}

function byFolder(outcome: Outcome): Score[] {
  const { folders, mutants } = outcome
  const scores = folders.map((folder) =>
    scoreOf(
      outcome,
      folder,
      mutants.filter(({ file }) => file.startsWith(`${folder}/`)),
    ),
  )
  return scores.filter(({ all }) => all > 0)
}

function survivors({ mutants, verdicts }: Outcome): Mutant[] {
  return mutants.filter(({ id }) => verdicts.get(id)?.is !== 'killed')
}

function unexplained(outcome: Outcome): Mutant[] {
  const explained = new Set(outcome.reasons.flatMap((reason) => reason.of))
  return survivors(outcome).filter(({ name }) => !explained.has(name))
}

/** Whether a folder has too few killed, or a survivor has no reason. */
export function falls(outcome: Outcome): boolean {
  return byFolder(outcome).some(({ killed, all }) => killed / all < leastShare) || unexplained(outcome).length > 0
}

/** What the command prints: survivors without a reason, reasons that nothing needs any more, the shares. */
export function report(outcome: Outcome): string {
  const alive = new Set(survivors(outcome).map(({ name }) => name))
  const judged = new Set(outcome.mutants.map(({ name }) => name))
  const given = outcome.reasons.flatMap((reason) => reason.of)
  return [
    ...unexplained(outcome).map((one) => `${outcome.verdicts.get(one.id)?.is} (line ${one.line}): ${one.name}`),
    ...given.filter((name) => judged.has(name) && !alive.has(name)).map((name) => `killed, though excused: ${name}`),
    ...byFolder(outcome).map((score) => `${score.name}: ${score.killed} of ${score.all} killed, ${percent(score)}`),
  ].join('\n')
}

const intro = `# Mutation

\`npm run mutate\` writes this page. It makes one small mistake at a time in \`bff/engine/\` and \`shared/rules/\`, runs the tests that reach it (the unit
tests of both folders, \`test/journeys/engine*\`, \`test/store/contract\` on SQLite) and looks whether one of them fails. It fails itself when
fewer than nine of ten are noticed in a folder, or when one goes unnoticed without a reason in \`test/mutation/reasons.ts\`.
\`npm run mutate -- shared/rules/money\` judges what has that in its name and writes nothing.

All mistakes are in one copy of the sources, each behind a switch (\`test/mutation/instrument.ts\`, \`switch.ts\`), so a test is repeated with another
mistake within milliseconds (\`runner.ts\`). The simulation is not asked: what is noticed here is noticed by a test that says what is wrong.
`

/** `docs/mutation.md`. */
export function page(outcome: Outcome): string {
  const mutators = [...new Set(outcome.mutants.map(mutatorOf))].sort()
  const byMutator = mutators.map((mutator) =>
    scoreOf(
      outcome,
      mutator,
      outcome.mutants.filter((one) => mutatorOf(one) === mutator),
    ),
  )
  const alive = new Map(survivors(outcome).map((one) => [one.name, one]))
  const excused = outcome.reasons.flatMap(({ why, of }) => {
    const lines = of.flatMap((name) => alive.get(name) ?? []).map(({ name }) => `- \`${name.replaceAll('`', '´')}\``)
    return lines.length === 0 ? [] : [`${why}\n\n${lines.join('\n')}\n`]
  })
  return [
    intro,
    '## Noticed\n',
    tableOf('folder', byFolder(outcome)),
    tableOf('mistake', byMutator),
    '## Unnoticed, and why that is right\n',
    ...excused,
  ].join('\n')
}

function mutatorOf({ name }: Mutant): string {
  return name.split(':')[2] ?? ''
}

function tableOf(heading: string, scores: readonly Score[]): string {
  const rows = scores.map((score) => `| ${score.name} | ${score.all} | ${score.killed} | ${percent(score)} |`)
  return [`| ${heading} | made | noticed | share |`, '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}
