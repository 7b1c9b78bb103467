import { createPrivateKey } from 'node:crypto'
import type { Hono } from 'hono'
import { createBank, type Bank } from './bank/bank.ts'
import { createControlApp } from './bank/control-app.ts'
import { createDataApp } from './bank/data-app.ts'
import { createPagesApp } from './bank/pages/app.ts'
import { Entrance } from './bank/pages/entrance.ts'
import { Sessions } from './bank/pages/sessions.ts'
import { bocomGmProfile } from './bank/gm-profile.ts'
import { bocomRsaProfile, noneProfile, type CryptoProfile } from './bank/profile.ts'
import { SmsCodes } from './bank/sms-codes.ts'
import { createVirtualClock, type SandboxClock, type VirtualClock } from './clock.ts'
import { sandboxConfig, type SandboxConfig, type SandboxConfigInput } from './config.ts'
import { createHospitalApp } from './hospital/app.ts'
import { Hospital } from './hospital/hospital.ts'
import { ProductClient, type ProductFetch } from './hospital/product-client.ts'
import type { SandboxRandom } from './random.ts'
import { ageOf, seedInstitutions, seedPeople } from './seed/people.ts'
import { createWechatApp } from './wechat/app.ts'

/** What a sandbox is given from outside. */
export interface SandboxParts {
  readonly clock: SandboxClock
  readonly random: SandboxRandom
  /** How hospital and bank reach the product, deadline included; the global `fetch` when left out. */
  readonly fetch?: ProductFetch
}

/** The other side, in one process. */
export interface Sandbox {
  readonly config: SandboxConfig
  readonly clock: VirtualClock
  /** The bank itself, its two planes and its pages as apps. */
  readonly bank: Bank & { readonly data: Hono; readonly control: Hono; readonly pages: Hono }
  /** `app` serves every institution below `/{institution}`; `at(id)` is one hospital without HTTP. */
  readonly hospital: { readonly app: Hono; at(institution: string): Hospital }
  readonly wechat: Hono
}

type ProfileConfig = Pick<SandboxConfig['bank'], 'profile' | 'app' | 'gatewayPrivateKey' | 'identityKey' | 'gm'>

/** The bank's side of the profile that a configuration names. */
export function profileOf(config: ProfileConfig, random: SandboxRandom): CryptoProfile {
  if (config.profile === 'NONE') return noneProfile
  if (config.profile === 'BOCOM_GM') {
    if (!config.gm) throw new Error('BOCOM_GM needs its keys')
    const { appPublicKey, gatewayPrivateKey, identityKey } = config.gm
    const appPublicKeys = new Map([[config.app.appId, appPublicKey]])
    return bocomGmProfile({ gatewayPrivateKey, identityKey, appPublicKeys }, random)
  }
  const appPublicKeys = new Map([[config.app.appId, config.app.publicKey]])
  return bocomRsaProfile(
    { gatewayPrivateKey: config.gatewayPrivateKey, identityKey: config.identityKey, appPublicKeys },
    random,
  )
}

function seedBank(bank: Bank): void {
  for (const { merPtcId, name, tier } of seedInstitutions) bank.putMerchant({ merPtcId, name, tier, suspended: false })
  for (const { name, idNumber, phone, credit } of seedPeople) {
    const identity = { name, certType: '01', certNo: idNumber, phone }
    if (credit.kind === 'none') bank.addCustomer({ ...identity, signStatus: 'UNSIGNED', refused: credit.refused })
    else if (credit.kind === 'sharer') bank.addCustomer({ ...identity, signStatus: 'UNSIGNED' })
    else {
      const { agreementNo, limitFen, usedFen, overdue } = credit
      bank.addCustomer({
        ...identity,
        signStatus: 'SIGNED',
        agreementNo,
        limitFen,
        usedFen,
        quotaStatus: overdue ? 'OVERDUE' : 'NORMAL',
      })
    }
  }
  for (const { idNumber, credit } of seedPeople) {
    if (credit.kind !== 'sharer') continue
    bank.bindFamily({ principalCertNo: credit.ofIdNumber, sharerCertNos: [idNumber], relation: credit.relation })
  }
}

function seedHospital(hospital: Hospital): void {
  for (const { name, sex, idNumber, phone, visits, records } of seedPeople) {
    for (const { patientNo } of records.filter((one) => one.institution === hospital.info.id)) {
      hospital.addPatient({ patientNo, name, sex, idNumber, phone })
    }
    for (const visit of visits.filter((one) => one.institution === hospital.info.id)) {
      hospital.addPatient({ patientNo: visit.patientNo, name, sex, idNumber, phone })
      hospital.addVisit(visit)
    }
  }
}

function createHospitals(config: SandboxConfig, clock: SandboxClock, parts: SandboxParts): Map<string, Hospital> {
  const fetchProduct = parts.fetch ?? globalFetch
  return new Map(
    config.hospital.institutions.flatMap(({ id, keyId, privateKey }) => {
      const info = seedInstitutions.find((one) => one.id === id)
      if (!info) return []
      const token = { institution: id, keyId, key: createPrivateKey(privateKey) }
      const client = new ProductClient(config.hospital.productBaseUrl, token, clock, parts.random, fetchProduct)
      const hospital = new Hospital(info, client, clock, config.hospital.webhookSecret)
      if (config.seed) seedHospital(hospital)
      return [[id, hospital] as const]
    }),
  )
}

const globalFetch: ProductFetch = (url, init) => fetch(url, init)

function createBankPages(config: SandboxConfig, bank: Bank, profile: CryptoProfile, random: SandboxRandom): Hono {
  const { app, jumpKey, jumpKeyId, returnUrls } = config.bank
  const { clock } = bank
  const sessions = new Sessions(clock, random)
  const keys = { profile, appId: app.appId, keyId: jumpKeyId, key: Buffer.from(jumpKey, 'base64') }
  const entrance = new Entrance({ bank, keys, clock, sessions, returnUrls })
  const outbox = bank.desk().outbox
  return createPagesApp({ bank, sessions, codes: new SmsCodes(outbox, clock, random) }, entrance)
}

function createSandboxBank(config: SandboxConfig, clock: VirtualClock, parts: SandboxParts): Sandbox['bank'] {
  const { app, uniquePerDay, revealAvailable, lockExpiry, sentinels, notifyBaseUrl, notifyAll } = config.bank
  const { refundPolicy, terms, bill: billFormat } = config.bank
  const { timestampWindowMs, msgIdMemoryMs, ratePerSecond, allowedIps } = config.bank
  const { random, fetch = globalFetch } = parts
  const apps = [{ ...app, merchants: seedInstitutions.map((one) => one.merPtcId) }]
  const institutions = new Map(seedInstitutions.map(({ merPtcId, id }) => [merPtcId, id]))
  const profile = profileOf(config.bank, random)
  const bank = createBank({
    profile,
    gateway: { apps, timestampWindowMs, msgIdMemoryMs, ratePerSecond, allowedIps },
    core: { uniquePerDay, revealAvailable, lockExpiry, refundPolicy, terms, bill: billFormat },
    sentinels,
    clock,
    random,
    notify: { appId: app.appId, baseUrl: notifyBaseUrl, institutions, all: notifyAll, fetch },
  })
  if (config.seed) seedBank(bank)
  return Object.assign(bank, {
    data: createDataApp(bank),
    control: createControlApp(bank, config.bank.controlToken),
    pages: createBankPages(config, bank, profile, random),
  })
}

/** Builds bank, hospitals and WeChat around one clock; nothing listens until `serveSandbox`. */
export function createSandbox(input: SandboxConfigInput, parts: SandboxParts): Sandbox {
  const config = sandboxConfig.parse(input)
  const clock = createVirtualClock(parts.clock)
  const hospitals = createHospitals(config, clock, parts)
  const at = (institution: string): Hospital => {
    const hospital = hospitals.get(institution)
    if (!hospital) throw new Error(`no institution ${institution}`)
    return hospital
  }
  const accounts = () =>
    seedPeople.map(({ openid, name, idNumber, story }) => ({ openid, name, story, age: ageOf(idNumber, clock.now()) }))
  return {
    config,
    clock,
    bank: createSandboxBank(config, clock, parts),
    hospital: { app: createHospitalApp([...hospitals.values()], config.hospital.apiToken), at },
    wechat: createWechatApp({ ...config.wechat, accounts, clock, random: parts.random }),
  }
}
