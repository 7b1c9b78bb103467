import { date8 } from '../day.ts'
import { createVirtualClock, type VirtualClock } from '../clock.ts'
import { seededRandom } from '../random.ts'
import { createBank, type Bank, type BankParts } from './bank.ts'
import { BankCaller, type OpenedReply, type RequestBody } from './caller.ts'
import type { ApiName } from './faults.ts'
import { certCheckDigit, type Identity } from './identity.ts'
import type { MerchantBalance, PrincipalBalance } from './ledger.ts'
import { noneProfile } from './profile.ts'

/** 2026-11-21 10:00 in Shanghai. */
export const MORNING = Date.UTC(2026, 10, 21, 2)
/** The day of `MORNING`, and the ones after it. */
export const TODAY = '20261121'
export const TOMORROW = '20261122'
export const DAY_MS = 86_400_000
export const HOSPITAL = '301510000000001'
export const APP = 'app202611210001'

/** A fictitious person: region 99, valid check digit. */
export function person(name: string, first17: string): Identity {
  return { name, certType: '01', certNo: first17 + certCheckDigit(first17) }
}

export const MOTHER = person('陈静', '99010119880312002')
export const CHILD = person('陈果', '99010120190605004')
export const AGREEMENT = 'CM2026000000000001'
export const LIMIT_FEN = 500_000

/** A bank with one hospital, a mother with ¥5,000.00 and her child as sharer; profile NONE. */
export interface BankWorld {
  readonly bank: Bank
  readonly clock: VirtualClock
  readonly caller: BankCaller
  call(api: ApiName, body: RequestBody): OpenedReply
  lock(serial: string, amountFen: number, identity?: Identity, agreementNo?: string): OpenedReply
  confirm(serial: string, lockSerial: string, amountFen: number, identity?: Identity): OpenedReply
  cancel(serial: string, lockSerial: string): OpenedReply
  pay(serial: string, amountFen: number, identity?: Identity, agreementNo?: string): OpenedReply
  /** Locks and confirms the same amount: the shortest way to a payment. Serials are `L…` and `C…`. */
  spend(number: string, amountFen: number): OpenedReply
  refund(serial: string, originalSerial: string, amountFen: number, change?: RequestBody): OpenedReply
  payQuery(serial: string, tradeDate?: string): OpenedReply
  refundQuery(serial: string, refundDate?: string): OpenedReply
  held(): OpenedReply['body']
  bill(day: string, change?: RequestBody): OpenedReply
  /** To 10:00 so many days later. */
  nextDay(days?: number): void
  principal(): PrincipalBalance
  merchant(): MerchantBalance
  query(type: 'LOCK' | 'CONFIRM' | 'CANCEL', serial: string): OpenedReply
  available(): number
  childAgreement(): string
}

export function bankParts(clock: VirtualClock, change: Partial<BankParts> = {}): BankParts {
  return {
    profile: noneProfile,
    gateway: {
      apps: [{ appId: APP, publicKey: '', merchants: [HOSPITAL] }],
      timestampWindowMs: 600_000,
      msgIdMemoryMs: 86_400_000,
      ratePerSecond: null,
      allowedIps: null,
    },
    core: { uniquePerDay: false, revealAvailable: false },
    sentinels: false,
    clock,
    random: seededRandom('bank'),
    ...change,
  }
}

export function fillBank(bank: Bank): void {
  bank.putMerchant({ merPtcId: HOSPITAL, name: '锦城市第一人民医院', tier: '三级', suspended: false })
  bank.addCustomer({ ...MOTHER, signStatus: 'SIGNED', agreementNo: AGREEMENT, limitFen: LIMIT_FEN })
  bank.addCustomer({ ...CHILD, signStatus: 'UNSIGNED' })
  bank.bindFamily({ principalCertNo: MOTHER.certNo, sharerCertNos: [CHILD.certNo] })
}

function only<T>(rows: readonly T[]): T {
  const [row] = rows
  if (row === undefined) throw new Error('there is none')
  return row
}

export function bankWorld(change: Partial<BankParts> = {}): BankWorld {
  const clock = createVirtualClock({ now: () => MORNING })
  const bank = createBank(bankParts(clock, change))
  fillBank(bank)
  const caller = new BankCaller({ appId: APP, merPtcId: HOSPITAL, clock, random: seededRandom('caller') })
  const call = (api: ApiName, body: RequestBody): OpenedReply =>
    caller.open(bank.handle({ path: `/api/creditMed/${api}/v1`, body: caller.form(api, body) }).body)
  return {
    bank,
    clock,
    caller,
    call,
    lock: (serial, amountFen, identity = MOTHER, agreementNo = AGREEMENT) =>
      call('lock', caller.lockBody(serial, agreementNo, identity, amountFen)),
    confirm: (serial, lockSerial, amountFen, identity = MOTHER) =>
      call('confirm', caller.confirmBody(serial, lockSerial, identity, amountFen)),
    cancel: (serial, lockSerial) => call('cancel', { ...caller.trade(serial), orig_mer_tran_no: lockSerial }),
    pay: (serial, amountFen, identity = MOTHER, agreementNo = AGREEMENT) =>
      call('pay', caller.payBody(serial, agreementNo, identity, amountFen)),
    spend(number, amountFen) {
      call('lock', caller.lockBody(`L${number}`, AGREEMENT, MOTHER, amountFen))
      return call('confirm', caller.confirmBody(`C${number}`, `L${number}`, MOTHER, amountFen))
    },
    refund: (serial, originalSerial, amountFen, change = {}) =>
      call('refund', { ...caller.refundBody(serial, originalSerial, TODAY, amountFen), ...change }),
    payQuery: (serial, tradeDate = TODAY) => call('payQuery', { pay_mer_tran_no: serial, mer_trade_date: tradeDate }),
    refundQuery: (serial, refundDate = date8(clock.now())) =>
      call('refundQuery', { refund_mer_tran_no: serial, mer_refund_date: refundDate }),
    held: () => call('heldAmountQuery', {}).body,
    bill: (day, change = {}) => call('downloadBill', { stmt_date: day, ...change }),
    nextDay: (days = 1) => clock.advance(days * DAY_MS),
    principal: () => only(bank.ledger().principals),
    merchant: () => only(bank.ledger().merchants),
    query: (type, serial) => call('postPayQuery', caller.queryBody(type, serial)),
    available: () => bank.ledger().principals[0]?.availableFen ?? -1,
    childAgreement: () => String(call('querySign', caller.identityBlock(CHILD)).body['sign_agr_no']),
  }
}
