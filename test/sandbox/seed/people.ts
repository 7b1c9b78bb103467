/** Institutions of the demo. */
export type InstitutionId = 'jc-first' | 'yulin'

/** An institution as bank and hospital see it. */
export interface SeedInstitution {
  readonly id: InstitutionId
  readonly name: string
  readonly tier: '三级' | '基层'
  readonly merPtcId: string
  readonly phone: string
  readonly hours: string
}

/** A visit of today as the patient tells it. */
export interface SeedVisit {
  readonly institution: InstitutionId
  readonly patientNo: string
  readonly department: string
  readonly doctor: string
  readonly complaint: string
}

/** An entry in an institution's patient index. */
export interface SeedRecord {
  readonly institution: InstitutionId
  readonly patientNo: string
}

/** A fictitious person with a life, a quota and a reason to see a doctor. Region 99 exists nowhere. */
export interface SeedPerson {
  readonly openid: string
  readonly name: string
  readonly sex: '男' | '女'
  readonly idNumber: string
  readonly phone: string
  readonly story: string
  readonly credit:
    /** `refused`: the bank turns an application down, every time. */
    | { readonly kind: 'none'; readonly refused?: true }
    | { readonly kind: 'sharer'; readonly ofIdNumber: string; readonly relation: '子女' }
    | {
        readonly kind: 'principal'
        readonly agreementNo: string
        readonly limitFen: number
        readonly usedFen: number
        readonly overdue?: true
      }
  readonly visits: readonly SeedVisit[]
  /** Known to these institutions without a visit today. */
  readonly records: readonly SeedRecord[]
}

/** The two institutions; merchant numbers are those of the bank's register. */
export const seedInstitutions: readonly SeedInstitution[] = [
  {
    id: 'jc-first',
    name: '锦城市第一人民医院',
    tier: '三级',
    merPtcId: '301510000000001',
    phone: '028-0000 0101',
    hours: '门诊 08:00–17:30，急诊全天',
  },
  {
    id: 'yulin',
    name: '玉林社区卫生服务中心',
    tier: '基层',
    merPtcId: '301510000000002',
    phone: '028-0000 0202',
    hours: '门诊 08:30–17:00，周末照常',
  },
]

/** The single list of people; bank, hospital and WeChat derive from it. */
export const seedPeople: readonly SeedPerson[] = [
  {
    openid: 'oDemo-chenjing',
    name: '陈静',
    sex: '女',
    idNumber: '990101198803120020',
    phone: '19900000001',
    story: '超市收银员，带着七岁的女儿，额度一家人共用',
    credit: { kind: 'principal', agreementNo: 'CM2026990000000001', limitFen: 2_000_000, usedFen: 138_500 },
    visits: [
      {
        institution: 'jc-first',
        patientNo: 'JC00010021',
        department: '消化内科',
        doctor: '周明远',
        complaint: '饭后上腹胀、反酸半个月，夜里加重',
      },
    ],
    records: [],
  },
  {
    openid: 'oDemo-chenguo',
    name: '陈果',
    sex: '女',
    idNumber: '99010120190605004X',
    phone: '19900000001',
    story: '小学二年级，用妈妈陈静的额度（亲情付）',
    credit: { kind: 'sharer', ofIdNumber: '990101198803120020', relation: '子女' },
    visits: [
      {
        institution: 'jc-first',
        patientNo: 'JC00010022',
        department: '儿科',
        doctor: '唐可欣',
        complaint: '发烧两天，最高 39.1℃，咳嗽有痰',
      },
      {
        institution: 'yulin',
        patientNo: 'YL20260087',
        department: '预防接种门诊',
        doctor: '罗雪',
        complaint: '来补打流感疫苗，问退烧后几天能打',
      },
    ],
    records: [],
  },
  {
    openid: 'oDemo-wangdefu',
    name: '王德福',
    sex: '男',
    idNumber: '990103194302180011',
    phone: '19900000003',
    story: '退休钳工，高血压老病号，上期账单忘了还',
    credit: {
      kind: 'principal',
      agreementNo: 'CM2026990000000003',
      limitFen: 500_000,
      usedFen: 126_040,
      overdue: true,
    },
    visits: [
      {
        institution: 'jc-first',
        patientNo: 'JC00010023',
        department: '心血管内科',
        doctor: '何立群',
        complaint: '早上头晕，自己量血压 168/92',
      },
      {
        institution: 'yulin',
        patientNo: 'YL20260031',
        department: '全科门诊',
        doctor: '罗雪',
        complaint: '降压药快吃完了，来开下个月的',
      },
    ],
    records: [],
  },
  {
    openid: 'oDemo-lixiao',
    name: '李晓',
    sex: '女',
    idNumber: '990104200609200069',
    phone: '19900000004',
    story: '大学二年级，还没签约，想先看看怎么用',
    credit: { kind: 'none' },
    visits: [
      {
        institution: 'jc-first',
        patientNo: 'JC00010024',
        department: '皮肤科',
        doctor: '沈书禾',
        complaint: '手臂起红疹三天，晚上痒得睡不着',
      },
    ],
    records: [],
  },
  {
    openid: 'oDemo-abduraxman',
    name: '阿卜杜热合曼·买买提江',
    sex: '男',
    idNumber: '990122198110050033',
    phone: '19900000005',
    story: '开了十年馕店的老板，额度很宽裕',
    credit: { kind: 'principal', agreementNo: 'CM2026990000000005', limitFen: 15_000_000, usedFen: 2_654_322 },
    visits: [
      {
        institution: 'jc-first',
        patientNo: 'JC00010025',
        department: '骨科',
        doctor: '梁国安',
        complaint: '揉面的右手腕疼了一个月，提重物使不上劲',
      },
    ],
    records: [],
  },
  {
    openid: 'oDemo-ouyang',
    name: '欧阳思远',
    sex: '男',
    idNumber: '990105199704140077',
    phone: '19900000006',
    story: '装修工人，额度快用光了，只剩一分钱',
    credit: { kind: 'principal', agreementNo: 'CM2026990000000006', limitFen: 800_000, usedFen: 799_999 },
    visits: [
      {
        institution: 'jc-first',
        patientNo: 'JC00010026',
        department: '呼吸内科',
        doctor: '周明远',
        complaint: '粉尘里干活后咳嗽一周，爬楼有点喘',
      },
    ],
    records: [],
  },
  {
    openid: 'oDemo-zhaoguilan',
    name: '赵桂兰',
    sex: '女',
    idNumber: '99010619450722008X',
    phone: '19900000007',
    story: '一个人住，额度只剩 60 元，检查费会不够',
    credit: { kind: 'principal', agreementNo: 'CM2026990000000007', limitFen: 300_000, usedFen: 294_000 },
    visits: [
      {
        institution: 'jc-first',
        patientNo: 'JC00010027',
        department: '骨科',
        doctor: '梁国安',
        complaint: '在家滑了一跤，左膝盖肿，走路疼',
      },
    ],
    records: [],
  },
  {
    openid: 'oDemo-liuyang',
    name: '刘洋',
    sex: '男',
    idNumber: '990107199308300051',
    phone: '19900000008',
    story: '外卖骑手，跑单间隙来看病，时间很紧',
    credit: { kind: 'principal', agreementNo: 'CM2026990000000008', limitFen: 600_000, usedFen: 0 },
    visits: [
      {
        institution: 'yulin',
        patientNo: 'YL20260090',
        department: '全科门诊',
        doctor: '罗雪',
        complaint: '嗓子疼、鼻塞三天，怕传染给家里人',
      },
      {
        institution: 'jc-first',
        patientNo: 'JC00010028',
        department: '急诊外科',
        doctor: '马骁',
        complaint: '电动车摔倒，右手掌擦伤，沾了泥沙',
      },
    ],
    records: [],
  },
  {
    openid: 'oDemo-xujiayi',
    name: '许佳怡',
    sex: '女',
    idNumber: '990108200003150103',
    phone: '19900000009',
    story: '刚搬来锦城，只在医院建过档，没签约也没看过病',
    credit: { kind: 'none' },
    visits: [],
    records: [{ institution: 'jc-first', patientNo: 'JC00010029' }],
  },
  {
    openid: 'oDemo-zhangweimin',
    name: '张为民',
    sex: '男',
    idNumber: '990109197406080113',
    phone: '19900000010',
    story: '中学老师，签了约，想在家先挂好号',
    credit: { kind: 'principal', agreementNo: 'CM2026990000000010', limitFen: 1_000_000, usedFen: 120_000 },
    visits: [],
    records: [
      { institution: 'jc-first', patientNo: 'JC00010030' },
      { institution: 'yulin', patientNo: 'YL20260101' },
    ],
  },
  {
    openid: 'oDemo-zhanglei',
    name: '张蕾',
    sex: '女',
    idNumber: '990109201209170127',
    phone: '19900000010',
    story: '初中生，用爸爸张为民的额度（亲情付）挂号',
    credit: { kind: 'sharer', ofIdNumber: '990109197406080113', relation: '子女' },
    visits: [],
    records: [
      { institution: 'jc-first', patientNo: 'JC00010031' },
      { institution: 'yulin', patientNo: 'YL20260102' },
    ],
  },
  {
    openid: 'oDemo-sunchanggui',
    name: '孙长贵',
    sex: '男',
    idNumber: '990110195903010139',
    phone: '19900000012',
    story: '退休公交司机，签了约但上期没还，挂号时会被拒绝',
    credit: {
      kind: 'principal',
      agreementNo: 'CM2026990000000012',
      limitFen: 400_000,
      usedFen: 88_000,
      overdue: true,
    },
    visits: [],
    records: [
      { institution: 'jc-first', patientNo: 'JC00010032' },
      { institution: 'yulin', patientNo: 'YL20260103' },
    ],
  },
  {
    openid: 'oDemo-hejun',
    name: '何俊',
    sex: '男',
    idNumber: '990111200205270152',
    phone: '19900000013',
    story: '自由摄影师，收入不稳定，申请签约银行不批',
    credit: { kind: 'none', refused: true },
    visits: [],
    records: [{ institution: 'jc-first', patientNo: 'JC00010033' }],
  },
]

/** Full years at an instant, by the birth date inside the ID number. */
export function ageOf(idNumber: string, atMs: number): number {
  const today = new Date(atMs + 8 * 3_600_000)
  const born = { year: Number(idNumber.slice(6, 10)), day: Number(idNumber.slice(10, 14)) }
  const monthDay = (today.getUTCMonth() + 1) * 100 + today.getUTCDate()
  return today.getUTCFullYear() - born.year - (monthDay < born.day ? 1 : 0)
}
