import type { World } from '../world/world.ts'
import { orderOf, personNamed } from '../world/his-client.ts'
import { bankMessages, bankSideOf, type BankMessage, type BankSide } from './bank-messages.ts'
import { EmptyExchange, type Exchange } from './empty-exchange.ts'
import { handLoopRate } from './hand-sqlite.ts'
import { rateOf } from './rounds.ts'
import type { Scratch } from './scratch.ts'
import { recordTape } from './tape.ts'

/** What one payment over HTTP cannot do without, each part measured alone; microseconds per payment. */
export interface Parts {
  measure(): Promise<Record<string, number>>
  close(): Promise<void>
}

export async function partsOf(world: World, scratch: Scratch, payments: number, inFlight: number): Promise<Parts> {
  const tape = await recordTape(payments)
  const messages = await bankMessages(world)
  const fromHis = await hisMessages(world)
  const server = await EmptyExchange.start()
  const bank = bankSideOf(world)
  const token = await tokenOf(world)
  const microsecondsOf = async (one: () => Promise<void>): Promise<number> =>
    1_000_000 / (await rateOf(payments, inFlight, one))
  const exchange = async (): Promise<void> => {
    for (const one of fromHis) await server.asHis(one, token)
    for (const one of messages) await server.asBff({ asked: one.form, answerBytes: Buffer.byteLength(one.reply) })
  }
  return {
    measure: async () => ({
      'cryptography of lock and confirm at both ends': await microsecondsOf(() => sealAndOpen(world, bank, messages)),
      'HTTP: two requests of HIS and two to the bank, of the same sizes': await microsecondsOf(exchange),
      'tokens of HIS: two signed and verified': await microsecondsOf(async () => {
        for (const _ of fromHis) await world.x.hisTokens.institutionOf(await tokenOf(world))
      }),
      'statements and commits of the hand loop':
        1_000_000 / (await handLoopRate(scratch.file(), tape, payments, inFlight)),
    }),
    close: () => server.close(),
  }
}

const tokenOf = (world: World): Promise<string> => world.his().token()

/** Each message signed and sealed, verified and opened; its answer signed and verified. */
async function sealAndOpen(world: World, bank: BankSide, messages: readonly BankMessage[]): Promise<void> {
  const { signer, body, identity } = world.x.bankProfile
  const { appId } = world.x.config.bank
  const { name, idNumber } = personNamed('陈静')
  for (const one of messages) {
    body.seal(one.plain)
    const fields = [name, idNumber].map((field) => identity.seal(field))
    await signer.sign(one.text)
    const isOurs = bank.verifyRequest(appId, one.text, one.sign)
    const opened = bank.openContent(one.bizContent, one.encryptKey)
    for (const field of fields) bank.openIdentity(field)
    const isTheirs = await signer.verify(one.replyText, bank.signReply(one.replyText))
    if (!isOurs || !isTheirs || opened !== one.plain) throw new Error('a message does not open')
  }
}

/** The order and the end of a visit as HIS sends them, with the sizes of their answers. */
async function hisMessages(world: World): Promise<Exchange[]> {
  const his = world.his()
  const [visitNo, orderNo] = ['SIZES', 'SIZES-1']
  await his.start(visitNo, '陈静')
  const order = orderOf({ orderNo, amountFen: 100 })
  const finish = { orders: [{ orderNo, actualFen: 100 }] }
  const exchanges: Exchange[] = []
  for (const [path, body] of [
    ['orders', order],
    ['finish', finish],
  ] as const) {
    const answer = await his.call('POST', `/visits/${visitNo}/${path}`, body)
    exchanges.push({ asked: JSON.stringify(body), answerBytes: Buffer.byteLength(JSON.stringify(answer.body)) })
  }
  return exchanges
}
