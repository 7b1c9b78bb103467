/** The one name of the product (C 三（一）). */
export const creditName = '信用就医'
export const familyName = '亲情付'

/** Sentences that the source fixes to the letter (C 三（二）（三）（四）, 二（四）1（4）). */
export const creditPrompts = {
  registration: '您已签约“信用就医”，请确认本次挂号费用及后续可能产生医疗费用是否使用“信用就医”额度进行支付',
  visit: '该患者本次就诊已确认使用“信用就医”服务',
  orders: '患者本次使用“信用就医”额度支付总费用',
  refundFailed: '该居民退款失败',
} as const

/** Version of the consent text in `credit-pages.ts`; a changed text is a new version, and the patient is asked again. */
export const creditConsentVersion = '2026-12'

/** The mark on guide sheet and screens (C 三（四）). */
export function markOf(role: 'own' | 'family'): '信用就医' | '亲情付' {
  return role === 'own' ? creditName : familyName
}
