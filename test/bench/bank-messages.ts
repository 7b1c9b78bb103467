import { BankClock } from '@paycare/bff/gateways/bank/bank-clock.ts'
import { BankClient } from '@paycare/bff/gateways/bank/client.ts'
import { creditLine } from '@paycare/bff/gateways/bank/credit-line.ts'
import { textToSign } from '@paycare/bff/gateways/bank/envelope.ts'
import { rawMember } from '@paycare/bff/gateways/bank/raw-slice.ts'
import type { EarlierCall } from '@paycare/bff/gateways/line.ts'
import { profileOf, systemRandom } from '../sandbox/index.ts'
import { personNamed } from '../world/his-client.ts'
import type { World } from '../world/world.ts'
import { silentLog, terms } from './walk.ts'

/** One message to the bank and its answer, taken apart into what its cryptography works on. */
export interface BankMessage {
  readonly form: string
  readonly reply: string
  /** The text under the request's signature, and the signature. */
  readonly text: string
  readonly sign: string
  /** Business content in clear, and as it was sent. */
  readonly plain: string
  readonly bizContent: string
  readonly encryptKey: string
  /** The text under the answer's signature. */
  readonly replyText: string
}

export type BankSide = ReturnType<typeof profileOf>
export const bankSideOf = (world: World): BankSide => profileOf(world.sandbox.config.bank, systemRandom)

/** The lock and the confirm of one payment as they go over the wire, made by the product's client and answered by the bank. */
export async function bankMessages(world: World): Promise<BankMessage[]> {
  const { x, sandbox } = world
  const bank = bankSideOf(world)
  const messages: BankMessage[] = []
  const { appId } = x.config.bank
  const config = { baseUrl: 'http://bank', appId, merchantOf: (id: string) => x.institution(id).merPtcId }
  const wire = async ({ url, body = '' }: { url: string; body?: string }) => {
    const path = new URL(url).pathname
    const reply = String(sandbox.bank.handle({ path, body }).body)
    messages.push(messageOf(bank, path, body, reply))
    return { is: 'answered', status: 200, body: reply } as const
  }
  const client = new BankClient(config, x.bankProfile, wire, x.clock, new BankClock(silentLog))
  const line = creditLine(client, async () => personNamed('陈静'))
  const earlier: EarlierCall[] = []
  for (const step of ['lock', 'confirm'] as const) {
    const nowMs = x.clock.now()
    const mark = {
      serial: `B20261121JC01${step.toUpperCase().padEnd(12, '0')}`,
      tradeDate: '20261121',
      firstSentAtMs: nowMs,
    }
    const content = { institution: 'jc-first', personId: 'p', amountFen: 100, terms, earlier }
    const outcome = await line.send(step, content, { ...mark, msgId: `bench-${step}` })
    if (outcome.is !== 'succeeded') throw new Error(`the bank did not take the ${step}: ${JSON.stringify(outcome)}`)
    earlier.push({ step, serial: mark.serial, tradeDate: mark.tradeDate, ref: outcome.facts.ref })
  }
  return messages
}

function messageOf(bank: BankSide, path: string, form: string, reply: string): BankMessage {
  const params = Object.fromEntries(new URLSearchParams(form))
  const { biz_content: bizContent = '', encrypt_key: encryptKey = '', sign = '' } = params
  const plain = bank.openContent(bizContent, encryptKey) ?? ''
  const replyText = rawMember(reply, 'rsp_biz_content') ?? ''
  return { form, reply, text: textToSign(path, params), sign, plain, bizContent, encryptKey, replyText }
}
