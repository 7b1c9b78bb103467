import type { InstitutionId } from '../seed/people.ts'

/** A doctor's rank; it sets the price of a registration. */
export type DoctorTitle = '主治医师' | '副主任医师' | '主任医师'

/** A doctor who sees outpatients. */
export interface Doctor {
  readonly doctorNo: string
  readonly name: string
  readonly title: DoctorTitle
  /** What the doctor is good at, in the patient's language. */
  readonly skills: string
}

/** A department with the words by which patients look for it. */
export interface Department {
  readonly departmentNo: string
  readonly name: string
  /** Building, floor and area. */
  readonly place: string
  readonly words: readonly string[]
  /** What a patient of this department has to bring or to do beforehand. */
  readonly notes: readonly string[]
  /** The first one sits every morning. */
  readonly doctors: readonly Doctor[]
}

type DoctorRow = readonly [name: string, title: DoctorTitle, skills: string]
type Row = readonly [
  name: string,
  place: string,
  words: string,
  notes: readonly string[],
  doctors: readonly DoctorRow[],
]

const jcFirst: readonly Row[] = [
  [
    '消化内科',
    '门诊楼 3 楼 A 区',
    '胃 肚子 胃疼 胃胀 反酸 烧心 拉肚子 便秘 恶心 肝',
    ['早上别吃东西、别喝水，可能要空腹检查', '做过胃镜的，带上报告'],
    [
      ['周明远', '副主任医师', '胃胀反酸、幽门螺杆菌、慢性胃炎'],
      ['段文清', '主治医师', '拉肚子、便秘、肠胃不舒服'],
      ['傅长青', '主任医师', '肝病、反复腹痛查不出原因'],
    ],
  ],
  [
    '呼吸内科',
    '门诊楼 3 楼 B 区',
    '咳嗽 发烧 感冒 气喘 胸闷 痰 肺 喘不上气 打鼾',
    ['正在发烧的，进门先量体温、戴好口罩', '拍过胸片或 CT 的，带上片子'],
    [
      ['姜以宁', '主治医师', '感冒发烧、咳嗽、支气管炎'],
      ['秦海波', '副主任医师', '哮喘、老慢支、肺部小结节'],
      ['严静秋', '主任医师', '久咳不好、肺部阴影'],
    ],
  ],
  [
    '心血管内科',
    '门诊楼 4 楼 A 区',
    '心脏 心慌 胸口痛 胸闷 血压高 高血压 头晕 脚肿',
    ['带上正在吃的药或药盒', '在家量过血压的，把记录带来'],
    [
      ['何立群', '副主任医师', '高血压、心慌、胸口闷'],
      ['邵佩兰', '主治医师', '血压血脂复诊开药'],
      ['宋柏年', '主任医师', '冠心病、支架术后复查'],
      ['常宇', '主治医师', '心律不齐、心电图看不懂'],
    ],
  ],
  [
    '神经内科',
    '门诊楼 4 楼 B 区',
    '头 头痛 头疼 头晕 手麻 脚麻 睡不着 失眠 记性差 手抖 嘴歪',
    ['头晕走不稳的，请家里人陪着来'],
    [
      ['顾一鸣', '主治医师', '头痛头晕、睡不着'],
      ['穆清和', '副主任医师', '手脚麻、中风后恢复'],
      ['纪怀远', '主任医师', '记性变差、手抖'],
    ],
  ],
  [
    '骨科',
    '门诊楼 2 楼 A 区',
    '膝盖 腰 脖子 颈椎 肩膀 手腕 脚踝 骨头 骨折 扭伤 关节 摔伤',
    ['穿宽松、好挽起的裤子和袖子', '拍过片子的，带上片子'],
    [
      ['梁国安', '副主任医师', '膝盖疼、扭伤、骨折复查'],
      ['岳鹏', '主治医师', '腰疼、颈椎不舒服'],
      ['贺兰心', '主任医师', '关节磨损、换关节'],
    ],
  ],
  [
    '皮肤科',
    '门诊楼 5 楼 A 区',
    '皮肤 红疹 发痒 湿疹 痘痘 脱发 过敏 脚气 灰指甲 痣',
    ['来之前别涂药膏和化妆'],
    [
      ['沈书禾', '主治医师', '湿疹、过敏、皮肤发痒'],
      ['白若溪', '副主任医师', '痘痘、脱发'],
    ],
  ],
  [
    '眼科',
    '门诊楼 5 楼 B 区',
    '眼 眼睛 眼睛红 看不清 近视 眼干 白内障 流泪 飞蚊',
    ['戴眼镜的带上眼镜', '可能要散瞳，看完 4 小时内别开车'],
    [
      ['黎望舒', '主治医师', '眼睛红、眼干、验光'],
      ['盛亦然', '副主任医师', '白内障、眼底病'],
      ['童知遥', '主治医师', '孩子近视'],
    ],
  ],
  [
    '耳鼻喉科',
    '门诊楼 5 楼 C 区',
    '耳朵 鼻子 喉咙 嗓子疼 鼻塞 流鼻血 流鼻涕 听不清 耳鸣 打鼾',
    [],
    [
      ['卢清扬', '主治医师', '嗓子疼、鼻炎、中耳炎'],
      ['方既白', '副主任医师', '打鼾、耳鸣、听不清'],
    ],
  ],
  [
    '口腔科',
    '门诊楼 6 楼',
    '牙 牙疼 牙龈 智齿 补牙 口腔溃疡 嘴里起泡 洗牙',
    ['来之前吃点东西，别空着肚子拔牙'],
    [
      ['简宁', '主治医师', '牙疼、补牙、洗牙'],
      ['江临', '副主任医师', '智齿、种牙'],
    ],
  ],
  [
    '儿科',
    '儿科楼 1 楼',
    '孩子发烧 小孩咳嗽 宝宝 孩子肚子疼 积食 出疹子 小孩 婴儿 孩子拉肚子',
    ['带上孩子的病历和疫苗本', '孩子正在发烧，到了先找护士量体温'],
    [
      ['唐可欣', '主治医师', '孩子发烧、咳嗽、积食'],
      ['夏南枝', '副主任医师', '反复咳嗽、哮喘'],
      ['霍启明', '主任医师', '孩子不长个、抽动'],
      ['温如玉', '主治医师', '新生儿、黄疸、喂养'],
    ],
  ],
  [
    '妇产科',
    '妇产楼 2 楼',
    '月经 怀孕 产检 白带 小肚子疼 下面痒 备孕 更年期',
    ['做 B 超前多喝水、先别小便', '产检带上产检本'],
    [
      ['阮心怡', '主治医师', '月经不调、白带异常'],
      ['葛素云', '副主任医师', '产检、高危怀孕'],
      ['尹如兰', '主任医师', '肌瘤、囊肿'],
    ],
  ],
  [
    '泌尿外科',
    '门诊楼 2 楼 B 区',
    '小便疼 尿频 尿血 憋不住尿 结石 前列腺 腰痛 男科',
    ['来之前一小时别小便，可能要留尿'],
    [
      ['池远', '主治医师', '尿频、小便疼、结石'],
      ['屈伯庸', '副主任医师', '前列腺、男科'],
    ],
  ],
]

const yulin: readonly Row[] = [
  [
    '全科门诊',
    '1 楼 2 诊室',
    '感冒 发烧 咳嗽 嗓子疼 头 头疼 头晕 胃 肚子 血压高 开药 复诊 体检',
    ['复诊开药的，带上药盒'],
    [
      ['罗雪', '主治医师', '感冒发烧、慢性病开药'],
      ['邱实', '副主任医师', '高血压、糖尿病管理'],
    ],
  ],
  [
    '儿童保健科',
    '2 楼 1 诊室',
    '孩子发烧 宝宝 小孩 孩子体检 不长个 吃饭不好 孩子咳嗽',
    ['带上儿童保健手册'],
    [
      ['卓然', '主治医师', '孩子体检、喂养、长个'],
      ['路遥', '主治医师', '孩子感冒发烧'],
    ],
  ],
  [
    '中医科',
    '2 楼 3 诊室',
    '腰 颈椎 肩膀 膝盖 针灸 推拿 睡不着 没力气 怕冷 中药',
    ['别空着肚子扎针', '看舌头前别吃有颜色的东西'],
    [
      ['易知行', '副主任医师', '腰颈疼、针灸'],
      ['陶然', '主治医师', '睡不好、调理身体'],
    ],
  ],
  ['口腔科', '1 楼 5 诊室', '牙 牙疼 牙龈 补牙 洗牙 口腔溃疡', [], [['谭小满', '主治医师', '牙疼、补牙、洗牙']]],
  [
    '预防接种门诊',
    '3 楼',
    '打疫苗 疫苗 流感疫苗 狂犬 被狗咬 预防针',
    ['带上接种本', '发烧没好不能打，打完要留下观察 30 分钟'],
    [['罗小春', '主治医师', '接种前问诊、疫苗反应']],
  ],
]

const pad = (value: number): string => String(value).padStart(2, '0')

function departments(rows: readonly Row[]): readonly Department[] {
  return rows.map(([name, place, words, notes, doctors], at) => {
    const departmentNo = `D${pad(at + 1)}`
    return {
      departmentNo,
      name,
      place,
      words: words.split(' '),
      notes,
      doctors: doctors.map(([doctor, title, skills], seat) => ({
        doctorNo: `${departmentNo}${pad(seat + 1)}`,
        name: doctor,
        title,
        skills,
      })),
    }
  })
}

/** Departments that take registrations online, by institution. */
export const departmentsOf: Readonly<Record<InstitutionId, readonly Department[]>> = {
  'jc-first': departments(jcFirst),
  yulin: departments(yulin),
}

/** Item of the price list by title. */
export const priceItemOf: Readonly<Record<DoctorTitle, string>> = {
  主治医师: 'R001',
  副主任医师: 'R002',
  主任医师: 'R004',
}
