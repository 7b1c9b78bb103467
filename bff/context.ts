import type { Config, InstitutionConfig, Secrets } from './config.ts'
import type { IntentLog } from './db/intent-log.ts'
import { readerOf, type Reader } from './db/reader.ts'
import type { Store } from './db/store.ts'
import { Engine } from './engine/index.ts'
import { BankClock } from './gateways/bank/bank-clock.ts'
import { BankClient } from './gateways/bank/client.ts'
import { creditLine, creditRuleOf } from './gateways/bank/credit-line.ts'
import type { CryptoProfile } from './gateways/bank/crypto.ts'
import { HospitalClient } from './gateways/hospital/client.ts'
import { WebhookClient } from './gateways/hospital/webhook.ts'
import type { Line } from './gateways/line.ts'
import { WechatClient } from './gateways/wechat/client.ts'
import { HisTokens } from './http/his-token.ts'
import { SessionTokens } from './http/session-token.ts'
import { Vault } from './identity/vault.ts'
import type { Clock, Randomness } from './ports/clock.ts'
import type { Log } from './ports/log.ts'
import type { Native } from './ports/native.ts'
import type { Wire } from './ports/wire.ts'
import { Worker } from './worker/worker.ts'

/** Everything outside the process, and what decides behaviour: injected, so that a simulation owns it. */
export interface Ports {
  readonly clock: Clock
  readonly random: Randomness
  readonly wire: Wire
  readonly native: Native
  readonly store: Store
  /** Left out: calls are written down in the database alone. */
  readonly intents?: IntentLog | undefined
  readonly log: Log
  readonly bankProfile: CryptoProfile
}

/** The collaborators of the modules, built once. */
export interface AppContext {
  readonly config: Config
  readonly clock: Clock
  readonly random: Randomness
  readonly log: Log
  readonly store: Store
  readonly reader: Reader
  readonly vault: Vault
  readonly engine: Engine
  readonly worker: Worker
  readonly bank: BankClient
  readonly bankProfile: CryptoProfile
  readonly hospital: HospitalClient
  readonly webhooks: WebhookClient
  readonly wechat: WechatClient
  readonly sessions: SessionTokens
  readonly hisTokens: HisTokens
  institution(id: string): InstitutionConfig
}

export function buildContext(config: Config, secrets: Secrets, ports: Ports): AppContext {
  const { clock, random, store, log, wire, native } = ports
  const byId = new Map(config.institutions.map((one) => [one.id, one]))
  const institution = (id: string): InstitutionConfig => {
    const found = byId.get(id)
    if (!found) throw new Error(`institution ${id} is not configured`)
    return found
  }
  const vault = new Vault(secrets, random)
  const bankConfig = {
    baseUrl: config.bank.url,
    appId: config.bank.appId,
    merchantOf: (id: string) => institution(id).merPtcId,
  }
  const bank = new BankClient(bankConfig, ports.bankProfile, wire, clock, new BankClock(log))
  const credit = creditLine(bank, (id) => store.read(() => vault.identityOf(id)), creditRuleOf(config.bank.guardMs))
  const lines = new Map<string, Line>([['credit', credit]])
  const engine = new Engine({
    store,
    clock,
    random,
    vault,
    log,
    intents: ports.intents,
    lineOf: (channel) => lines.get(channel) ?? missing(channel),
    serialCodeOf: (id) => institution(id).code,
    poke: () => worker.poke(),
  })
  const worker = new Worker(engine, clock, log, store.isShared)
  return {
    config,
    clock,
    random,
    log,
    store,
    reader: readerOf(store),
    vault,
    engine,
    worker,
    bank,
    bankProfile: ports.bankProfile,
    hospital: new HospitalClient((id) => institution(id).hospitalUrl, secrets.hospitalTokens, wire),
    webhooks: new WebhookClient(secrets.hospitalWebhookSecrets, wire),
    wechat: new WechatClient({ ...config.wechat, secret: secrets.wechatSecret }, wire),
    sessions: new SessionTokens(secrets.sessionKey, clock, native),
    hisTokens: new HisTokens(config.institutions, clock, native),
    institution,
  }
}

function missing(channel: string): never {
  throw new Error(`no line for channel ${channel}`)
}
