import { Counts } from './counts.ts'

/** One thing that a run must have seen, and how often at least. */
export interface Cell {
  readonly name: string
  readonly least: number
}

/** `npm run simulate` and `npm test` ask for this much; a smaller run shows its matrix and asks for less. */
const bars = { fault: 30, edge: 100, registration: 30 } as const

const onTheWay = ['notSent', 'requestLost', 'answerLost', 'straggler']
const atBank = [
  'DROP_BEFORE',
  'EXECUTE_THEN_DROP',
  'DELAY',
  'ADPTSY before',
  'ADPTSY after',
  'HTTP_502_HTML',
  'TRUNCATED_JSON',
  'BAD_SIGN',
  'WRONG_KEY_ID',
  'RATE_LIMIT',
  'CLOCK_SKEW',
]
// A question executes nothing: it is neither taken in for later, nor pushed about, nor hidden from other questions.
const ofMoney = [
  'EXECUTE_THEN_PROCESSING SUCCESS',
  'EXECUTE_THEN_PROCESSING FAIL',
  'QUERY_LAGS',
  'DUPLICATE_NOTIFY',
  'NOTIFY_BEFORE_REPLY',
  'NOTIFY_NEVER',
  'NOTIFY_DELAYED',
  'NOTIFY_FORGED',
  'NOTIFY_REORDERED',
  'CRASH',
]
const moneyCalls = ['lock', 'confirm', 'cancel']
const questions = ['postPayQuery', 'querySign']
const hospitalCalls = [
  'match',
  'departments',
  'schedule',
  'slot',
  'reserve',
  'book',
  'paid',
  'desk',
  'cancel',
  'look',
  'amounts',
]

/** Every call with every fault that can meet it. The hospital and WeChat have no faults of their own here beside a call that dies on its way. */
const calls: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(moneyCalls.map((call) => [call, [...onTheWay, ...atBank, ...ofMoney]])),
  ...Object.fromEntries(questions.map((call) => [call, [...onTheWay, ...atBank]])),
  ...Object.fromEntries(hospitalCalls.map((call) => [`hospital:${call}`, onTheWay])),
  'wechat:jscode2session': onTheWay,
}

/**
 * Edges of a payment (`shared/rules/machines.ts`). Left out, because nobody at the simulated bank does it: held→paid and held→released as
 * observed (another hand confirms or cancels our lock), →review (the bank states another amount): `bff/engine` and the journeys have them.
 */
const payment: Readonly<Record<string, readonly string[]>> = {
  'new→opening': ['opened'],
  'opening→opening': ['begin:lock', 'accepted', 'doubt', 'drop:lock', 'aim:paid', 'aim:gone'],
  'opening→held': ['done:lock'],
  'opening→declined': ['refused:lock'],
  'opening→released': ['end:released'],
  'opening→expired': ['end:expired', 'observed'],
  'held→held': [
    'aim:paid',
    'aim:gone',
    'begin:confirm',
    'begin:cancel',
    'accepted',
    'doubt',
    'refused:confirm',
    'refused:cancel',
    'drop:confirm',
    'hint',
    'recheck',
    'observed',
  ],
  'held→paid': ['done:confirm'],
  'held→released': ['done:cancel'],
  'held→expired': ['observed'],
}

const inDoubt = ['new→sent', 'sent→ready', 'ready→sent', 'sent→absent', 'sent→sent', 'sent→accepted']
const decided = ['sent→succeeded', 'sent→refused', 'accepted→succeeded', 'accepted→refused']
const unwanted = ['ready→dropped', 'sent→dropped']
/** Edges of an attempt. A cancel is never unwanted (nobody takes “gone” back); deferred is an answer to refunds only. */
const attempt: Readonly<Record<string, readonly string[]>> = {
  lock: [...inDoubt, ...decided, ...unwanted],
  confirm: [...inDoubt, ...decided, ...unwanted],
  cancel: [...inDoubt, ...decided],
}

/**
 * Edges of a registration (`shared/rules/registration-step.ts`), and what happens to one without changing its state. Left out: booked→cancelled
 * and booked→slotGone, because a booking is paid at once and its slot cannot be taken back, and lapsed, because everybody here pays or cancels.
 */
const registration: Readonly<Record<string, readonly string[]>> = {
  'new→reserving': ['opened'],
  'reserving→reserving': ['aim:gone', 'optedOut', 'silent:reserve'],
  'reserving→reserved': ['heard:reserve'],
  'reserving→cancelled': ['heard:cancel'],
  'reserved→reserved': [
    'lock',
    'aim:gone',
    'fallBack',
    'optedIn',
    'heard:desk',
    'silent:book',
    'silent:cancel',
    'silent:desk',
  ],
  'reserved→booked': ['heard:book'],
  'reserved→settled': ['heard:look'],
  'reserved→cancelled': ['heard:cancel', 'heard:book', 'heard:desk', 'heard:look'],
  'booked→booked': ['aim:paid', 'silent:paid'],
  'booked→settled': ['heard:paid'],
  'cancelled→cancelled': ['aim:gone'],
}

const pairs = (of: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(of).flatMap(([row, columns]) => columns.map((column) => `${row} ${column}`))

/** What a whole run must have seen. */
export function wanted(): Cell[] {
  const cells = (kind: string, names: readonly string[], least: number): Cell[] =>
    names.map((name) => ({ name: `${kind} ${name}`, least }))
  return [
    ...cells('call', pairs(calls), bars.fault),
    ...cells('edge payment', pairs(payment), bars.edge),
    ...cells('edge attempt', pairs(attempt), bars.edge),
    ...cells('edge registration', pairs(registration), bars.registration),
    { name: 'crash between send and settle', least: 100 },
    { name: 'freeze', least: 50 },
    { name: 'lease lost', least: 100 },
    { name: 'payments', least: 20_000 },
    { name: 'payments BOCOM_RSA', least: 1_000 },
  ]
}

/** Cells that are empty or too small. */
export function missing(counts: Counts): string[] {
  const small = wanted()
    .filter(({ name, least }) => counts.of(name) < least)
    .map(({ name, least }) => `${name}: ${counts.of(name)} of ${least}`)
  const touched = counts.of('payments touched by a fault') / counts.of('payments')
  return touched >= 0.3 ? small : [...small, `payments touched by a fault: ${touched.toFixed(2)} of 0.30`]
}

/** The matrix as text: one line for each call or edge, the smallest cells first at the end. */
export function matrix(counts: Counts): string {
  const line = (kind: string, row: string, columns: readonly string[]): string =>
    `  ${row.padEnd(22)}${columns.map((column) => `${column} ${counts.of(`${kind} ${row} ${column}`)}`).join(' · ')}`
  const table = (title: string, kind: string, of: Readonly<Record<string, readonly string[]>>): string[] => [
    title,
    ...Object.entries(of).map(([row, columns]) => line(kind, row, columns)),
  ]
  const margins = wanted()
    .map(({ name, least }) => ({ name, least, times: counts.of(name) }))
    .sort((a, b) => a.times / a.least - b.times / b.least)
    .slice(0, 8)
    .map(({ name, least, times }) => `  ${name}: ${times} (at least ${least})`)
  return [
    ...table('calls and the faults that met them', 'call', calls),
    ...table('edges of a payment', 'edge payment', payment),
    ...table('edges of an attempt', 'edge attempt', attempt),
    ...table('edges of a registration', 'edge registration', registration),
    'nearest to their bars',
    ...margins,
  ].join('\n')
}
