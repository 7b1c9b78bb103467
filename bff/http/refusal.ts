import type { errorTexts } from '@paycare/shared/text'

export type ErrorCode = keyof typeof errorTexts

type Status = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 500 | 502 | 503

/** A request that is turned away: nothing has changed. The patient's text hangs on the code, the log's text stays here. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly status: Status
  constructor(status: Status, code: ErrorCode, forLog = '') {
    super(forLog === '' ? code : `${code}: ${forLog}`)
    this.code = code
    this.status = status
  }
}
