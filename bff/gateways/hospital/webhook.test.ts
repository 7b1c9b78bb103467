import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import type { WireAnswer, WireRequest } from '../../ports/wire.ts'
import { WebhookClient } from './webhook.ts'

const secrets = ['C2FVsBQIhrscChlQIMV+b5sSYspob7oD', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const url = 'https://his.test/webhooks'
const atMs = 1_795_226_400_999

/** Sends one message over a wire that answers as told. */
async function sent(keys: readonly string[], answer: WireAnswer) {
  const requests: WireRequest[] = []
  const client = new WebhookClient({ 'jc-first': keys.map((one) => `whsec_${one}`) }, async (request) => {
    requests.push(request)
    return answer
  })
  const outcome = await client.send('jc-first', url, 'msg_1', atMs, '{"名":"值"}')
  return { outcome, request: requests[0] }
}

/** The signature as the specification describes it. */
function signatureOf(secret: string): string {
  const text = 'msg_1.1795226400.{"名":"值"}'
  return `v1,${createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest('base64')}`
}

it('signs number, second and body with every secret that is valid', async () => {
  const { request } = await sent(secrets, { is: 'answered', status: 204, body: '' })
  expect(request).toMatchObject({ method: 'POST', url, body: '{"名":"值"}' })
  expect(request?.headers).toMatchObject({
    'webhook-id': 'msg_1',
    'webhook-timestamp': '1795226400',
    'webhook-signature': secrets.map(signatureOf).join(' '),
  })
})

it('sends nothing without a secret', async () => {
  const { outcome, request } = await sent([], { is: 'answered', status: 204, body: '' })
  expect([outcome, request]).toEqual([{ is: 'failed', status: 'NO_SECRET' }, undefined])
})

it.each([
  [200, 'taken'],
  [204, 'taken'],
  [302, 'failed'],
  [401, 'failed'],
  [410, 'gone'],
  [500, 'failed'],
] as const)('reads %i as %s', async (status, is) => {
  expect((await sent(secrets, { is: 'answered', status, body: '' })).outcome).toEqual({ is, status: String(status) })
})

it.each(['notSent', 'lost'] as const)('reads a request that was %s as failed', async (is) => {
  expect((await sent(secrets, { is, why: 'ECONNRESET' })).outcome).toEqual({ is: 'failed', status: 'ECONNRESET' })
})
