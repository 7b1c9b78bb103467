/** Level of a hospital, which decides the reserve that is suggested to it. */
export type Tier = '三级' | '二级' | '基层'

/** A hospital as the bank's merchant. */
export interface Merchant {
  readonly merPtcId: string
  readonly name: string
  readonly tier: Tier
  suspended: boolean
  /** Whether it keeps a 退款预留金额; every hospital decides for itself (C 二（一）5). */
  readonly reserve: boolean
}

/** A merchant as fixtures give it; without a word about it, it keeps a reserve. */
export type MerchantInput = Omit<Merchant, 'reserve'> & { readonly reserve?: boolean | undefined }

/** Suggested 退款预留金额 by tier, in fen: 20,000, 10,000 and 5,000 yuan (C 二（一）5). */
export const SUGGESTED_RESERVE_FEN: Readonly<Record<Tier, number>> = {
  三级: 2_000_000,
  二级: 1_000_000,
  基层: 500_000,
}

/** The bank's merchants; which app may act for which one stands with the app. */
export class MerchantRegister {
  readonly #byId = new Map<string, Merchant>()
  readonly #everReserved = new Set<string>()

  /** True when the merchant gets a reserve for the first time, so that its first deposit is due. */
  put(merchant: MerchantInput): boolean {
    const { merPtcId, reserve = true } = merchant
    this.#byId.set(merPtcId, { ...merchant, reserve })
    if (!reserve || this.#everReserved.has(merPtcId)) return false
    this.#everReserved.add(merPtcId)
    return true
  }

  isActive(merPtcId: string): boolean {
    return this.#byId.get(merPtcId)?.suspended === false
  }

  hasReserve(merPtcId: string): boolean {
    return this.#byId.get(merPtcId)?.reserve === true
  }

  has(merPtcId: string): boolean {
    return this.#byId.has(merPtcId)
  }

  nameOf(merPtcId: string): string {
    return this.#byId.get(merPtcId)?.name ?? '医疗机构'
  }

  all(): Merchant[] {
    return [...this.#byId.values()]
  }
}
