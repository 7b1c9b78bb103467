import type { FeeCategory } from '../contract/visits.ts'

/** Name of a fee category and what it is, in words that need no training. */
export const feeCategories: Record<FeeCategory, { readonly name: string; readonly plain: string }> = {
  registration: { name: '挂号诊查费', plain: '挂号和医生看诊的费用' },
  exam: { name: '检查费', plain: '用仪器看身体内部，如拍片、彩超、心电图' },
  lab: { name: '化验费', plain: '化验血、尿等样本' },
  treatment: { name: '治疗费', plain: '注射、换药、理疗等治疗' },
  western: { name: '西药费', plain: '西药，不含中成药' },
  chinese: { name: '中药费', plain: '中成药和中药饮片' },
  material: { name: '材料费', plain: '治疗中用掉的器材，如输液器、纱布' },
  other: { name: '其他费用', plain: '不属于以上各类的费用' },
}
