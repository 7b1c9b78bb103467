import type { Problem } from '@paycare/shared/contract'
import { failureTexts } from '@paycare/shared/text'

/**
 * Why a request brought no answer. `refused`: final, the server said no. `offline`: nothing was sent. `unknown`: sent, and nobody
 * knows what became of it.
 */
export class ApiFailure extends Error {
  readonly kind: 'refused' | 'offline' | 'unknown'
  readonly code: string
  /** For the patient. */
  readonly text: string
  readonly requestId: string | undefined
  readonly signedOut: boolean
  /** There is no such thing, or it is somebody else's: asking again changes nothing. */
  readonly absent: boolean
  /** Nothing was changed because somebody behind the server did not answer: asking again may help. */
  readonly silent: boolean

  constructor(
    kind: ApiFailure['kind'],
    problem: Partial<Pick<Problem, 'code' | 'detail' | 'requestId' | 'status'>> = {},
  ) {
    super(problem.code ?? kind)
    this.kind = kind
    this.code = problem.code ?? kind
    this.text = problem.detail ?? failureTexts.plain
    this.requestId = problem.requestId
    this.signedOut = problem.status === 401
    this.absent = problem.status === 404
    this.silent = problem.status === 503
  }
}

/**
 * The failure that an answer of 400 or more stands for. A problem document is the BFF's own word that nothing was changed, also when somebody
 * behind it was silent; only its own breakdown, and whatever a proxy says, leave the outcome open.
 */
export function failureOf(status: number, body: unknown): ApiFailure {
  const problem = isProblem(body) ? body : undefined
  const isOpen = status >= 500 && (problem === undefined || problem.code === 'INTERNAL')
  return new ApiFailure(isOpen ? 'unknown' : 'refused', { ...problem, status })
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body && 'requestId' in body
}
