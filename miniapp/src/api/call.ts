import type { Operations } from '@paycare/shared/contract'
import { guardHeader, keyHeader, paths, type OperationName } from '@paycare/shared/paths'
import Taro from '@tarojs/taro'
import { network } from '../platform/network'
import { session } from '../platform/session'
import { ApiFailure, failureOf } from './failure'
import { pathOf } from './path-of'

export type Input<O extends OperationName> = Omit<Operations[O], 'output'>
export type Output<O extends OperationName> = Operations[O]['output']

const timeoutMs = 8000
let renewal: Promise<void> | undefined

/** Asks the BFF. The answer is typed by the operation's name; anything else is an `ApiFailure`. */
export async function call<O extends OperationName>(operation: O, input: Input<O>): Promise<Output<O>> {
  if (session.silentCode && session.token() === undefined) await renew(session.silentCode)
  const sentWith = session.token()
  try {
    return await send(operation, input)
  } catch (error) {
    if (!session.silentCode || !(error instanceof ApiFailure && error.signedOut)) throw error
    // Requests go out side by side: another one may have signed in anew while this one was refused.
    if (session.token() === sentWith) session.keepToken(undefined)
    if (session.token() === undefined) await renew(session.silentCode)
    return send(operation, input)
  }
}

/** One sign-in for all requests that need it at the same time. */
function renew(silentCode: () => Promise<string>): Promise<void> {
  renewal ??= silentCode()
    .then((code) => send('openSession', { body: { code } }))
    .then((opened) => session.keepToken(opened.token))
    .finally(() => {
      renewal = undefined
    })
  return renewal
}

async function send<O extends OperationName>(operation: O, input: Input<O>): Promise<Output<O>> {
  const [method] = paths[operation]
  const given: { readonly body?: unknown; readonly key?: string } = input
  const answer = await request({
    url: session.apiBase + pathOf(operation, input),
    method,
    header: headers(method, given),
    timeout: timeoutMs,
    ...(given.body === undefined ? {} : { data: given.body }),
  })
  if (answer.statusCode >= 400) throw failureOf(answer.statusCode, answer.data)
  if (answer.data === null && answer.statusCode !== 204) throw new ApiFailure('unknown')
  // The BFF checks every answer against the same contract that this type comes from.
  return answer.data as Output<O>
}

async function request(option: Taro.request.Option): Promise<{ readonly statusCode: number; readonly data: unknown }> {
  try {
    return await Taro.request(option)
  } catch {
    throw new ApiFailure(network.isOffline() ? 'offline' : 'unknown')
  }
}

function headers(
  method: string,
  { body, key }: { readonly body?: unknown; readonly key?: string },
): Record<string, string> {
  const token = session.token()
  return {
    accept: 'application/json, application/problem+json',
    ...(body !== undefined ? { 'content-type': 'application/json' } : {}),
    ...(method === 'GET' ? {} : { [guardHeader.name]: guardHeader.value }),
    ...(key === undefined ? {} : { [keyHeader]: key }),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  }
}
