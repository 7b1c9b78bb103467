import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { browserProgram } from '../browser/browser.ts'

const categories = ['performance', 'accessibility', 'best-practices'] as const
export type Category = (typeof categories)[number]

/** What Lighthouse says about one load of a page. Scores are 0–100; a category that was not asked for is absent. */
export interface Load {
  readonly scores: Readonly<Partial<Record<Category, number>>>
  readonly lcpMs: number
  readonly fcpMs: number
  readonly tbtMs: number
  readonly cls: number
  /** Bytes over the wire. */
  readonly bytes: number
  /** Checks of accessibility and best practices that failed. */
  readonly failed: readonly string[]
}

const score = z.number().nullable()
const reportSchema = z.object({
  runtimeError: z.object({ message: z.string() }).optional(),
  categories: z.partialRecord(
    z.enum(categories),
    z.object({ score, auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })) }),
  ),
  audits: z.record(z.string(), z.object({ score, title: z.string(), numericValue: z.number().default(0) })),
})
type Report = z.infer<typeof reportSchema>

/** Lighthouse as a program of its own: each load in a browser that has seen nothing yet. */
export class Lighthouse {
  readonly #program: string
  readonly #reports: string
  readonly #headers: string

  /** `reports` is a folder for the reports as Lighthouse writes them; `cookie` is sent with every request. */
  constructor(program: string, reports: string, cookie: string) {
    this.#program = program
    this.#reports = reports
    this.#headers = JSON.stringify({ cookie })
    mkdirSync(reports, { recursive: true })
  }

  /** Loads a page as a phone in the middle range on a slow line does (Lighthouse's own mobile setting, simulated). */
  async load(name: string, url: string, only: readonly Category[] = categories): Promise<Load> {
    const folder = mkdtempSync(join(tmpdir(), 'paycare-audit-'))
    try {
      const { executablePath, env } = await browserProgram(folder)
      const headers = join(folder, 'headers.json')
      writeFileSync(headers, this.#headers)
      const report = join(this.#reports, name)
      const args = [
        this.#program,
        url,
        '--quiet',
        '--form-factor=mobile',
        '--throttling-method=simulate',
        `--only-categories=${only.join(',')}`,
        `--extra-headers=${headers}`,
        '--output=json',
        '--output=html',
        `--output-path=${report}`,
        '--chrome-flags=--headless --no-sandbox --disable-gpu',
      ]
      const run = promisify(execFile)
      await run(process.execPath, args, { env: { ...env, CHROME_PATH: executablePath }, timeout: 180_000 })
      return loadOf(reportSchema.parse(JSON.parse(readFileSync(`${report}.report.json`, 'utf8'))))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function loadOf(report: Report): Load {
  if (report.runtimeError) throw new Error(report.runtimeError.message)
  const value = (id: string): number => report.audits[id]?.numericValue ?? Number.NaN
  return {
    scores: Object.fromEntries(
      Object.entries(report.categories).map(([name, { score }]) => [name, Math.round(100 * (score ?? 0))]),
    ),
    lcpMs: value('largest-contentful-paint'),
    fcpMs: value('first-contentful-paint'),
    tbtMs: value('total-blocking-time'),
    cls: value('cumulative-layout-shift'),
    bytes: value('total-byte-weight'),
    failed: failedOf(report),
  }
}

function failedOf({ categories, audits }: Report): string[] {
  const checks = [categories.accessibility, categories['best-practices']].flatMap((one) => one?.auditRefs ?? [])
  return checks.flatMap(({ id, weight }) => {
    const audit = audits[id]
    return weight > 0 && audit !== undefined && audit.score !== null && audit.score < 1 ? [`${id}: ${audit.title}`] : []
  })
}
