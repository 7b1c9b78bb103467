import { createPrivateKey } from 'node:crypto'
import type { Hono } from 'hono'
import { createBank, type Bank } from './bank/bank.ts'
import { createControlApp } from './bank/control-app.ts'
import { createDataApp } from './bank/data-app.ts'
import { bocomRsaProfile, noneProfile, type CryptoProfile } from './bank/profile.ts'
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
  /** How the hospital reaches the product, deadline included; the global `fetch` when left out. */
  readonly fetch?: ProductFetch
}

/** The other side, in one process. */
export interface Sandbox {
  readonly config: SandboxConfig
  readonly clock: VirtualClock
  /** The bank itself, its two planes as apps. */
  readonly bank: Bank & { readonly data: Hono; readonly control: Hono }
  /** `app` serves every institution below `/{institution}`; `at(id)` is one hospital without HTTP. */
  readonly hospital: { readonly app: Hono; at(institution: string): Hospital }
  readonly wechat: Hono
}

function profileOf(config: SandboxConfig['bank'], random: SandboxRandom): CryptoProfile {
  if (config.profile === 'NONE') return noneProfile
  const appPublicKeys = new Map([[config.app.appId, config.app.publicKey]])
  return bocomRsaProfile(
    { gatewayPrivateKey: config.gatewayPrivateKey, identityKey: config.identityKey, appPublicKeys },
    random,
  )
}

function seedBank(bank: Bank): void {
  for (const { merPtcId, name, tier } of seedInstitutions) bank.putMerchant({ merPtcId, name, tier, suspended: false })
  for (const { name, idNumber, credit } of seedPeople) {
    const identity = { name, certType: '01', certNo: idNumber }
    if (credit.kind !== 'principal') bank.addCustomer({ ...identity, signStatus: 'UNSIGNED' })
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
    if (credit.kind === 'sharer') bank.bindFamily({ principalCertNo: credit.ofIdNumber, sharerCertNos: [idNumber] })
  }
}

function seedHospital(hospital: Hospital): void {
  for (const { name, sex, idNumber, phone, visits } of seedPeople) {
    for (const visit of visits.filter((one) => one.institution === hospital.info.id)) {
      hospital.addPatient({ patientNo: visit.patientNo, name, sex, idNumber, phone })
      hospital.addVisit(visit)
    }
  }
}

function createHospitals(config: SandboxConfig, clock: SandboxClock, parts: SandboxParts): Map<string, Hospital> {
  const fetchProduct = parts.fetch ?? ((url, init) => fetch(url, init))
  return new Map(
    config.hospital.institutions.flatMap(({ id, keyId, privateKey }) => {
      const info = seedInstitutions.find((one) => one.id === id)
      if (!info) return []
      const token = { institution: id, keyId, key: createPrivateKey(privateKey) }
      const client = new ProductClient(config.hospital.productBaseUrl, token, clock, parts.random, fetchProduct)
      const hospital = new Hospital(info, client, clock)
      if (config.seed) seedHospital(hospital)
      return [[id, hospital] as const]
    }),
  )
}

function createSandboxBank(config: SandboxConfig, clock: VirtualClock, random: SandboxRandom): Sandbox['bank'] {
  const { app, uniquePerDay, revealAvailable, sentinels } = config.bank
  const { timestampWindowMs, msgIdMemoryMs, ratePerSecond, allowedIps } = config.bank
  const apps = [{ ...app, merchants: seedInstitutions.map((one) => one.merPtcId) }]
  const bank = createBank({
    profile: profileOf(config.bank, random),
    gateway: { apps, timestampWindowMs, msgIdMemoryMs, ratePerSecond, allowedIps },
    core: { uniquePerDay, revealAvailable },
    sentinels,
    clock,
    random,
  })
  if (config.seed) seedBank(bank)
  return Object.assign(bank, { data: createDataApp(bank), control: createControlApp(bank, config.bank.controlToken) })
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
    bank: createSandboxBank(config, clock, parts.random),
    hospital: { app: createHospitalApp([...hospitals.values()], config.hospital.apiToken), at },
    wechat: createWechatApp({ ...config.wechat, accounts, clock, random: parts.random }),
  }
}
