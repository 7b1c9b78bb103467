import type { Department } from '@paycare/shared/contract'

/**
 * Departments for what a patient types: a name, a part of the body, a complaint. The best match comes first, and among equals the
 * hospital's own order stays; without a query the departments of earlier registrations lead.
 */
export function findDepartments(departments: readonly Department[], query: string): Department[] {
  const asked = query.replace(/\s/g, '')
  if (asked === '') return byScore(departments, ({ isRecent }) => (isRecent ? 1 : 0), 0)
  return byScore(departments, (department) => scoreOf(department, asked), 1)
}

/** Best first; `sort` is stable. */
function byScore(
  departments: readonly Department[],
  scoreOf: (one: Department) => number,
  least: number,
): Department[] {
  return departments
    .map((department) => ({ department, score: scoreOf(department) }))
    .filter(({ score }) => score >= least)
    .sort((a, b) => b.score - a.score)
    .map(({ department }) => department)
}

/** A name beats words. “孩子发烧” holds the words “孩子” and “发烧”: each character that a word explains counts. */
function scoreOf({ name, words }: Department, asked: string): number {
  if (name.includes(asked)) return 1000
  const explained = words.filter((word) => word !== '' && asked.includes(word))
  const begun = words.some((word) => word.includes(asked)) ? asked.length : 0
  const named = asked.includes(name) ? name.length : 0
  return (
    Math.max(
      explained.reduce((sum, word) => sum + word.length, 0),
      begun,
    ) + named
  )
}
