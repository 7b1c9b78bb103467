/** Fee categories of the orders (C 三（四）: fee detail per item). */
export type FeeCategory = 'registration' | 'exam' | 'lab' | 'treatment' | 'western' | 'chinese' | 'material' | 'other'

/** One line of the price list: the official name and what it means to a patient. */
export interface PriceItem {
  readonly itemNo: string
  readonly name: string
  readonly plainName: string
  readonly category: FeeCategory
  readonly unit: string
  readonly unitPriceFen: number
}

type Row = readonly [itemNo: string, name: string, plainName: string, unit: string, unitPriceFen: number]

const rows: Readonly<Record<FeeCategory, readonly Row[]>> = {
  registration: [
    ['R001', '普通门诊诊察费', '看普通门诊的挂号诊察费', '次', 1000],
    ['R002', '副主任医师门诊诊察费', '看副主任医师的挂号诊察费', '次', 2200],
    ['R003', '急诊诊察费', '看急诊的挂号诊察费', '次', 1500],
    ['R004', '主任医师门诊诊察费', '看主任医师的挂号诊察费', '次', 3500],
  ],
  exam: [
    ['E001', '胸部正侧位数字化摄影（DR）', '拍胸片，看肺和心脏的影子', '部位', 11_000],
    ['E002', '膝关节正侧位数字化摄影（DR）', '拍膝盖的片子，看骨头有没有伤', '部位', 9_800],
    ['E003', '腕关节正侧位数字化摄影（DR）', '拍手腕的片子，看骨头有没有伤', '部位', 9_000],
    ['E004', '腹部彩色多普勒超声', '肚子做彩超，看肝胆胰脾', '次', 13_500],
    ['E005', '常规心电图检查（十二导联）', '贴电极片，看心跳的节奏', '次', 2600],
    ['E006', '动态血压监测（24 小时）', '戴一天血压计，看一天里血压的变化', '次', 16_000],
    ['E007', '电子胃镜检查', '用细软镜子看食管和胃', '次', 28_000],
    ['E008', '膝关节磁共振平扫', '膝盖做磁共振，看半月板和韧带', '部位', 52_000],
    ['E009', '肺功能检查', '对着管子吹气，看肺活量和气道', '次', 12_000],
  ],
  lab: [
    ['L001', '血常规（五分类）', '抽血看血细胞，查感染和贫血', '次', 2000],
    ['L002', 'C 反应蛋白测定（CRP）', '抽血看身体有没有炎症', '项', 2500],
    ['L003', '肺炎支原体抗体测定', '查是不是支原体引起的咳嗽', '项', 4800],
    ['L004', '甲型乙型流感病毒抗原检测', '鼻子取样，查是不是流感', '项', 6800],
    ['L005', '肝功能九项', '抽血看肝脏好不好', '组', 5400],
    ['L006', '肾功能三项', '抽血看肾脏好不好', '组', 2700],
    ['L007', '血脂四项', '抽血看胆固醇和甘油三酯', '组', 3600],
    ['L008', '空腹血糖测定', '空腹抽血看血糖', '项', 600],
    ['L009', '碳 13 尿素呼气试验', '吹气查幽门螺杆菌', '次', 13_800],
    ['L010', '过敏原特异性 IgE 筛查', '抽血找对什么东西过敏', '组', 19_500],
  ],
  treatment: [
    ['T001', '静脉输液', '打吊针', '次', 1300],
    ['T002', '雾化吸入治疗', '吸雾气化痰', '次', 1200],
    ['T003', '中清创缝合术', '清洗较大的伤口并缝合', '次', 16_500],
    ['T004', '换药（小）', '给小伤口消毒换纱布', '次', 1800],
    ['T005', '肌肉注射', '打一针在肌肉里', '次', 500],
    ['T006', '红外线照射治疗', '照红外灯，缓解疼痛', '部位', 1600],
  ],
  western: [
    ['W001', '奥美拉唑肠溶胶囊 20mg×28', '减少胃酸的药', '盒', 3250],
    ['W002', '布洛芬混悬液 100ml', '给孩子退烧的药水', '瓶', 1980],
    ['W003', '苯磺酸氨氯地平片 5mg×28', '降血压的药', '盒', 1460],
    ['W004', '盐酸左西替利嗪片 5mg×14', '止痒抗过敏的药', '盒', 2175],
    ['W005', '头孢克肟颗粒 50mg×6', '消炎的抗生素', '盒', 2690],
    ['W006', '双氯芬酸二乙胺乳胶剂 20g', '抹在疼的地方的止痛膏', '支', 2380],
    ['W007', '破伤风人免疫球蛋白 250IU', '受伤后防破伤风的针', '支', 22_000],
  ],
  chinese: [
    ['C001', '中药饮片（七剂）', '七副中药', '付', 2350],
    ['C002', '小儿豉翘清热颗粒', '给孩子清热化积的中成药', '盒', 3480],
    ['C003', '活血止痛膏', '贴在疼处的膏药', '贴', 860],
  ],
  material: [
    ['M001', '一次性使用输液器', '打吊针用的管子', '套', 320],
    ['M002', '医用敷料（10×10cm）', '盖伤口的纱布', '片', 450],
    ['M003', '腕关节固定支具', '护住手腕的支架', '个', 12_800],
  ],
  other: [['O001', '病历资料复印费', '复印病历', '页', 50]],
}

const categories = Object.keys(rows).filter((key): key is FeeCategory => key in rows)

/** The hospital's price list. */
export const catalogue: readonly PriceItem[] = categories.flatMap((category) =>
  rows[category].map(([itemNo, name, plainName, unit, unitPriceFen]) => ({
    itemNo,
    name,
    plainName,
    category,
    unit,
    unitPriceFen,
  })),
)

/** An item by its number. */
export const priceItem = (itemNo: string): PriceItem | null => catalogue.find((item) => item.itemNo === itemNo) ?? null

/** A ready-made order that a doctor writes with one choice. */
export interface OrderSet {
  readonly id: string
  readonly title: string
  readonly hint: string
  readonly lines: readonly (readonly [itemNo: string, quantity: number])[]
}

/** Ready-made orders for the complaints of the day. */
export const orderSets: readonly OrderSet[] = [
  {
    id: 'fever',
    title: '发热咳嗽检查',
    hint: '血常规、CRP、流感、支原体',
    lines: [
      ['L001', 1],
      ['L002', 1],
      ['L004', 1],
      ['L003', 1],
    ],
  },
  {
    id: 'child-drugs',
    title: '儿童退热用药',
    hint: '退烧药水、清热颗粒、雾化',
    lines: [
      ['W002', 1],
      ['C002', 2],
      ['T002', 2],
    ],
  },
  {
    id: 'stomach',
    title: '胃痛反酸检查',
    hint: '呼气试验、腹部彩超、胃药',
    lines: [
      ['L009', 1],
      ['E004', 1],
      ['W001', 2],
    ],
  },
  {
    id: 'blood-pressure',
    title: '高血压复诊',
    hint: '心电图、肾功能、血脂、降压药',
    lines: [
      ['E005', 1],
      ['L006', 1],
      ['L007', 1],
      ['L008', 1],
      ['W003', 2],
    ],
  },
  {
    id: 'knee',
    title: '膝关节外伤',
    hint: '拍片、磁共振、止痛膏',
    lines: [
      ['E002', 1],
      ['E008', 1],
      ['W006', 1],
      ['C003', 6],
    ],
  },
  {
    id: 'wrist',
    title: '手腕疼痛',
    hint: '拍片、理疗、支具',
    lines: [
      ['E003', 1],
      ['T006', 5],
      ['M003', 1],
    ],
  },
  {
    id: 'allergy',
    title: '皮疹过敏',
    hint: '过敏原、抗过敏药',
    lines: [
      ['L010', 1],
      ['L001', 1],
      ['W004', 1],
    ],
  },
  {
    id: 'wound',
    title: '伤口清创',
    hint: '清创缝合、破伤风针、敷料',
    lines: [
      ['T003', 1],
      ['W007', 1],
      ['T005', 1],
      ['M002', 3],
    ],
  },
]
