import type { LineRule } from '@paycare/shared/rules'
import type { Store } from '@paycare/bff/db/store.ts'
import { query, statement, type Unit } from '@paycare/bff/db/unit.ts'
import { Engine, type Lease } from '@paycare/bff/engine/index.ts'
import type { CallContent, Line } from '@paycare/bff/gateways/line.ts'
import { Vault } from '@paycare/bff/identity/vault.ts'
import type { Log } from '@paycare/bff/ports/log.ts'
import { systemClock, systemRandom } from '@paycare/bff/ports/system.ts'

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
/** The same in every process of a run: what one seals another one opens. */
const keyOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)
export const newVault = (): Vault =>
  new Vault({ masterKey: keyOf(1), masterKeyId: 'bench', hashKey: keyOf(2) }, systemRandom)

const person = { name: '陈静', idNumber: '990101198803120020' }
export const terms = { agreementNo: 'CM2026990000000001', scene: 'OUTP_ORDER', visitNo: 'V1', orderNo: 'O1' }
const amountFen = 1_000

const insertBill = statement(
  `insert into bill (id, institution, kind, his_no, rev, title, amount_fen, lines_json, body_hash, created_at)
   values (:id, :institution, 'order', :id, 0, 't', :amountFen, '[]', 'h', :at)`,
)

/** Never swept, so that the hour of the run changes nothing. */
const rule: LineRule = { askPlanMs: [2_000], resendAfterMs: 30_000, concludeAfterMs: 600_000, retryAfterMs: 300_000 }

/** A counterparty that says yes at once. */
function instantLine(heard: (content: CallContent, step: string) => void): Line {
  return {
    rule,
    clock: { offsetMs: 0, isAstray: false },
    serialLetters: { lock: 'L', confirm: 'C', cancel: 'X', pay: 'P', refund: 'R' },
    send: async (step, content) => {
      heard(content, step)
      const facts = step === 'confirm' ? { ref: { sysOrderNo: 'S1' }, acctDate: '20261121' } : { ref: { lockNo: 'K1' } }
      return { is: 'succeeded', facts: { ...facts, amountFen: content.amountFen } }
    },
    ask: async () => ({ is: 'notFound' }),
  }
}

/** What a walker may be given besides. */
interface WalkerOptions {
  readonly heard?: (content: CallContent, step: string) => void
  readonly poke?: () => void
}

/** The real engine over a store, with payments that walk from the order to the deduction. */
export class Walker {
  readonly store: Store
  readonly vault = newVault()
  readonly engine: Engine
  #personId = ''

  constructor(store: Store, { heard = () => undefined, poke = () => undefined }: WalkerOptions = {}) {
    this.store = store
    const line = instantLine(heard)
    this.engine = new Engine({
      store,
      clock: systemClock,
      random: systemRandom,
      vault: this.vault,
      log: silentLog,
      lineOf: () => line,
      serialCodeOf: () => 'JC01',
      poke,
    })
  }

  /** Stores the one patient; to be awaited before anything walks. */
  async prepare(): Promise<void> {
    this.#personId = await this.store.run(() => this.vault.personOf(person, systemClock.now()))
  }

  /** Order, lock, end of the visit, confirm: a payment from nothing to rest. */
  async walk(at: number): Promise<void> {
    const opened = await this.store.run(() => this.open(`bill_${at}`, 'hold'))
    await this.engine.settleSoon([opened.lease])
    const { lease } = await this.store.run(() => this.engine.aim(opened.id, 'paid', 'bench', amountFen - 1))
    await this.engine.settleSoon(lease ? [lease] : [])
  }

  /** A bill and its payment, in one unit. */
  *open(billId: string, goal: 'hold' | 'paid', institution = 'a'): Unit<{ id: string; lease: Lease }> {
    yield* query(insertBill, { id: billId, institution, amountFen, at: systemClock.now() })
    const { subject, lease } = yield* this.engine.open(
      {
        institution,
        billId,
        channel: 'credit',
        kind: 'hold',
        goal,
        personId: this.#personId,
        role: 'own',
        amountFen,
        terms,
      },
      'bench',
    )
    return { id: subject.id, lease }
  }
}

/** Fails the run when a walk has not ended as it should: a fast engine that does nothing is no result. */
export async function requireAllPaid(store: Store, walks: number): Promise<void> {
  const count = statement(
    `select (select count(*) from payment where state = 'paid') as paid, (select count(*) from attempt where sends <> 1) as again,
       (select count(*) from wake where lease_until > 0) as held`,
  )
  const [row] = await store.read(() => query(count, {}))
  if (row?.['paid'] !== walks || row['again'] !== 0 || row['held'] !== 0) {
    throw new Error(`${walks} payments walked, and the books say ${JSON.stringify(row)}`)
  }
}
