/** One request to a counterparty. */
export interface WireRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Limit for the whole exchange, slow-drip answers included. */
  readonly deadlineMs: number
}

/**
 * What became of a request. `notSent` is a proof that no byte of it reached the counterparty and comes from an allow-list; everything that is
 * neither that nor a complete answer is `lost`.
 */
export type WireAnswer =
  | { readonly is: 'answered'; readonly status: number; readonly body: string }
  | { readonly is: 'notSent'; readonly why: string }
  | { readonly is: 'lost'; readonly why: string }

/** The only way out of the process. */
export type Wire = (request: WireRequest) => Promise<WireAnswer>
