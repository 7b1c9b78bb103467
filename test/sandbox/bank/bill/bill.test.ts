import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CODE } from '../codes.ts'
import { AGREEMENT, bankWorld, CHILD, DAY_MS, HOSPITAL, MOTHER, TODAY, TOMORROW, type BankWorld } from '../fixture.ts'
import type { OpenedReply } from '../caller.ts'

const OPEN = { uniquePerDay: false, revealAvailable: false }
const six = Date.parse('2026-11-22T06:00:00+08:00')

const bytesOf = (reply: OpenedReply): Buffer => Buffer.from(String(reply.body['file_content']), 'base64')
const linesOf = (reply: OpenedReply): string[] => bytesOf(reply).toString().split('\r\n')
const sm3 = (text: string): string => createHash('sm3').update(text).digest('hex')

/** Two confirms, one of a sharer, a deposit, a refund of today, and one of a failed payment that must not show. */
function busyDay(change: Parameters<typeof bankWorld>[0] = {}): BankWorld {
  const world = bankWorld(change)
  world.spend('1', 10_000)
  const child = world.childAgreement()
  world.call('lock', { ...world.caller.lockBody('L2', child, CHILD, 2_000), tran_content: '门诊费用|一' })
  world.confirm('C2', 'L2', 1_550, CHILD)
  world.pay('P1', 30_000)
  world.pay('P2', 9_999_999)
  world.lock('L3', 700)
  world.cancel('X3', 'L3')
  world.refund('R1', 'C1', 4_000)
  return world
}

describe('a bill', () => {
  it('has one H line, a D line for each movement of money, and a T line (bank.md §3.11)', () => {
    const world = busyDay()
    const [c1, c2, p1] = world.bank.payments()
    const [l1, l2] = world.bank.locks()
    const r1 = world.bank.refunds()[0]
    world.nextDay()
    const reply = world.bill(TODAY)
    const own = `PRINCIPAL|****0001|`
    const details = [
      `D|1|${TODAY}|100000|CONFIRM|C1|${c1?.sysOrderNo}|L1|${l1?.lockNo}|100.00|0.00|100.00|SUCCESS||OUTP_ORDER|V1|${own}`,
      `D|2|${TODAY}|100000|CONFIRM|C2|${c2?.sysOrderNo}|L2|${l2?.lockNo}|15.50|0.00|15.50|SUCCESS||OUTP_ORDER|V1|SHARER|****${c2?.agreementNo.slice(-4)}|门诊费用 一`,
      `D|3|${TODAY}|100000|PAY|P1|${p1?.sysOrderNo}|||300.00|0.00|300.00|SUCCESS||INP_DEPOSIT|ZY1|${own}`,
      `D|4|${TODAY}|100000|REFUND|R1|${r1?.refundOrderNo}|C1|${c1?.sysOrderNo}|40.00|0.00|-40.00|SUCCESS|TODAY_RECEIVABLE|OUTP|V1|${own}`,
    ]
    const digest = sm3(details.map((line) => `${line}\r\n`).join(''))
    expect(linesOf(reply)).toEqual([
      `H|1.0|${HOSPITAL}|${TODAY}|20261122060000`,
      ...details,
      `T|4|2|115.50|1|300.00|1|40.00|0.00|0.00|375.50|${digest}`,
      '',
    ])
    expect(reply).toMatchObject({
      status: 'S',
      body: { bill_status: 'READY', file_encoding: 'UTF-8', compress: 'NONE', record_count: '4' },
    })
    expect(reply.body['file_sm3']).toBe(sm3(bytesOf(reply).toString()))
    expect(reply.body['file_sha256']).toBe(createHash('sha256').update(bytesOf(reply)).digest('hex'))
    expect(world.bank.ledger().clearings).toMatchObject([{ day: TODAY, amountFen: 37_550 }])
  })

  it('nets refunds from the reserve with nothing and sums them apart', () => {
    const world = bankWorld()
    world.spend('1', 10_000)
    world.nextDay()
    world.refund('R1', 'C1', 10_000)
    world.nextDay()
    const [, detail, trailer] = linesOf(world.bill(TOMORROW))
    expect(detail).toContain('|100.00|0.00|0.00|SUCCESS|RESERVE|')
    expect(trailer).toMatch(/^T\|1\|0\|0\.00\|0\|0\.00\|1\|100\.00\|100\.00\|0\.00\|0\.00\|[0-9a-f]{64}$/)
  })

  it('comes to nothing where a day refunded all that it took, never to less', () => {
    const world = bankWorld()
    world.bank.putMerchant({ merPtcId: HOSPITAL, name: 'x', tier: '三级', suspended: false, reserve: false })
    world.spend('1', 10_000)
    world.nextDay()
    world.spend('2', 6_000)
    world.refund('R1', 'C1', 6_000)
    world.nextDay()
    expect(linesOf(world.bill(TOMORROW)).at(-2)).toContain('|60.00|0.00|0.00|0.00|')
  })

  it('of a day without movements is a valid file all the same', () => {
    const world = bankWorld()
    world.lock('L1', 100)
    world.nextDay()
    const reply = world.bill(TODAY)
    expect(reply.body).toMatchObject({ bill_status: 'EMPTY', record_count: '0' })
    expect(linesOf(reply)).toEqual([
      `H|1.0|${HOSPITAL}|${TODAY}|20261122060000`,
      `T|0|0|0.00|0|0.00|0|0.00|0.00|0.00|0.00|${sm3('')}`,
      '',
    ])
  })

  it('is the same to the byte however often and whenever it is fetched', () => {
    const world = busyDay()
    world.nextDay()
    const first = world.bill(TODAY).body
    world.spend('9', 100)
    world.refund('R9', 'C1', 100)
    world.nextDay(20)
    expect(world.bill(TODAY).body).toEqual(first)
  })

  it('is in GBK where the bank is set so, with digests of those bytes', () => {
    const world = busyDay({ core: { ...OPEN, bill: { encoding: 'GBK' } } })
    world.nextDay()
    const reply = world.bill(TODAY)
    expect(reply.body['file_encoding']).toBe('GBK')
    expect(bytesOf(reply).includes(Buffer.from([0xc3, 0xc5, 0xd5, 0xef, 0xb7, 0xd1, 0xd3, 0xc3]))).toBe(true)
    const text = new TextDecoder('gbk').decode(bytesOf(reply))
    expect(text).toContain('门诊费用')
    expect(reply.body['file_sm3']).toBe(createHash('sm3').update(bytesOf(reply)).digest('hex'))
  })

  it('of the kind SETTLE has the totals without the movements', () => {
    const world = busyDay()
    world.nextDay()
    const reply = world.bill(TODAY, { bill_type: 'SETTLE' })
    expect(linesOf(reply).map((line) => line.split('|')[0])).toEqual(['H', 'T', ''])
    expect(linesOf(reply)[1]).toContain('|375.50|')
  })
})

describe('a bill in parts', () => {
  it('gives the whole file when its parts are put together, with the digests of the whole', () => {
    const whole = busyDay()
    const parts = busyDay({ core: { ...OPEN, bill: { rowsPerPart: 4 } } })
    for (const world of [whole, parts]) world.nextDay()
    const first = parts.bill(TODAY)
    expect(first.body['next_part']).toBe('1')
    const second = parts.bill(TODAY, { next_part: '1' })
    expect(second.body).not.toHaveProperty('next_part')
    expect(Buffer.concat([bytesOf(first), bytesOf(second)])).toEqual(bytesOf(whole.bill(TODAY)))
    expect([first.body['file_sm3'], second.body['file_sm3']]).toEqual(
      Array.from({ length: 2 }, () => whole.bill(TODAY).body['file_sm3']),
    )
    expect(parts.bill(TODAY, { next_part: '2' }).code).toBe(CODE.billOutOfRange)
  })
})

describe('which days can be fetched', () => {
  it('is from 06:00 of the next day on, to the millisecond', () => {
    const world = busyDay()
    expect(world.bill(TODAY)).toMatchObject({
      status: 'F',
      code: CODE.billNotReady,
      body: { bill_status: 'NOT_READY' },
    })
    expect(world.bill(TOMORROW).code).toBe(CODE.billNotReady)
    world.clock.set(six - 1)
    expect(world.bill(TODAY).code).toBe(CODE.billNotReady)
    world.clock.set(six)
    expect(world.bill(TODAY).status).toBe('S')
  })

  it('is within one calendar month', () => {
    const world = busyDay()
    world.clock.set(Date.parse('2026-12-21T23:59:59+08:00'))
    expect(world.bill(TODAY).status).toBe('S')
    world.clock.set(Date.parse('2026-12-22T00:00:00+08:00'))
    expect(world.bill(TODAY).code).toBe(CODE.billOutOfRange)
    world.clock.set(Date.parse('2027-03-31T12:00:00+08:00'))
    expect([world.bill('20270228').status, world.bill('20270227').code]).toEqual(['S', CODE.billOutOfRange])
  })

  it.each(['20261131', '20260230', '20261301', '00000000'])('is no %s', (day) => {
    expect(bankWorld().bill(day).code).toBe(CODE.billOutOfRange)
  })

  it('is another hospital’s for nobody', () => {
    const world = busyDay()
    world.nextDay()
    expect(world.bill(TODAY, { merch_code: '301510000000002' }).code).toBe(CODE.merchantUnknown)
    expect(world.bill(TODAY, { merch_code: HOSPITAL }).status).toBe('S')
  })

  it('is any day that was made ready by hand', () => {
    const world = busyDay()
    expect(world.bank.makeBills(TODAY)[HOSPITAL]).toContain('|375.50|')
    expect(world.bill(TODAY).body['bill_status']).toBe('READY')
  })
})

describe('faults of a bill', () => {
  const spoilt = (kind: 'BILL_MISSING_ROW' | 'BILL_EXTRA_ROW' | 'BILL_LATE' | 'BILL_GBK') => {
    const world = busyDay()
    world.nextDay()
    const honest = linesOf(world.bill(TODAY))
    world.bank.faults.add({ api: 'downloadBill', match: { serial: TODAY }, kind })
    return { world, honest, reply: world.bill(TODAY) }
  }

  it('leave a row out, totals and digest to match, the same each time and for that day alone', () => {
    const { world, honest, reply } = spoilt('BILL_MISSING_ROW')
    expect(linesOf(reply)).toHaveLength(honest.length - 1)
    expect(linesOf(reply).join()).not.toContain('|CONFIRM|C1|')
    expect(linesOf(reply).at(-2)).toContain('T|3|1|15.50|1|300.00|1|40.00|0.00|0.00|275.50|')
    expect(world.bill(TODAY).body).toEqual(reply.body)
    world.clock.advance(DAY_MS)
    expect(world.bill(TOMORROW).body['bill_status']).toBe('EMPTY')
  })

  it('invent a row', () => {
    const { honest, reply } = spoilt('BILL_EXTRA_ROW')
    expect(linesOf(reply)).toHaveLength(honest.length + 1)
    expect(linesOf(reply).at(-3)).toContain(`|CONFIRM|SBOXEXTRA${TODAY}|`)
    expect(linesOf(reply).at(-2)).toContain('|498.95|')
  })

  it('keep it not ready until the switch is taken away', () => {
    const { world, reply } = spoilt('BILL_LATE')
    expect(reply).toMatchObject({ code: CODE.billNotReady, body: { bill_status: 'NOT_READY' } })
    world.bank.faults.clear()
    expect(world.bill(TODAY).status).toBe('S')
  })

  it('write GBK where UTF-8 was agreed', () => {
    const { reply } = spoilt('BILL_GBK')
    expect(reply.body['file_encoding']).toBe('GBK')
    expect(bytesOf(reply).toString()).not.toContain('门诊费用')
  })

  it('strike no other interface', () => {
    const world = bankWorld()
    world.bank.faults.add({ api: '*', kind: 'BILL_LATE', times: 1 })
    expect(world.pay('P1', 100).status).toBe('S')
    expect(world.bank.faults.list()).toMatchObject([{ hits: 0 }])
    expect(world.lock('L1', 100, MOTHER, AGREEMENT).status).toBe('S')
  })
})
