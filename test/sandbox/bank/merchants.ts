/** A hospital as the bank's merchant. */
export interface Merchant {
  readonly merPtcId: string
  readonly name: string
  readonly tier: '三级' | '二级' | '基层'
  suspended: boolean
}

/** The bank's merchants; which app may act for which one stands with the app. */
export class MerchantRegister {
  readonly #byId = new Map<string, Merchant>()

  put(merchant: Merchant): void {
    this.#byId.set(merchant.merPtcId, { ...merchant })
  }

  isActive(merPtcId: string): boolean {
    return this.#byId.get(merPtcId)?.suspended === false
  }

  nameOf(merPtcId: string): string {
    return this.#byId.get(merPtcId)?.name ?? '医疗机构'
  }

  all(): Merchant[] {
    return [...this.#byId.values()]
  }
}
