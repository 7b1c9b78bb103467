/** A person who exists nowhere: region 99. */
const person = { name: '刘洋', idType: '01', idNumber: '990107199308300051' } as const
const patient = { patientNo: 'JC00010028', ...person }
const visitNo = 'V20261121001'
const orderNo = `${visitNo}D01`

/** One day of one patient in the requests of the document; a test sends every one of them. Numbers that we issue stand for real ones. */
export const hisExamples = {
  visitNo,
  cancelledOrderNo: `${visitNo}D02`,
  windowRegistrationNo: 'G20261121001',
  registrationNo: 'reg_0123456789ABCDEF',
  deliveryId: 'msg_pay_0123456789ABCDEF_2',
  askCreditStatus: { patient: person, scene: 'OUTP_WINDOW' },
  putWindowRegistration: { patient, feeFen: 2200, department: '内科', cashierNo: 'S0107', useCredit: true },
  startVisit: {
    visitNo,
    patient,
    department: '内科',
    doctor: '罗雪',
    startedAt: '2026-11-21T10:00:00+08:00',
    useCredit: true,
  },
  submitOrder: {
    orderNo,
    revision: 0,
    title: '检验',
    amountFen: 4600,
    items: [
      {
        itemNo: 'L001',
        name: '血常规（五分类）',
        plainName: '抽血看血细胞，查感染和贫血',
        category: 'lab',
        unit: '次',
        quantity: 1,
        unitPriceFen: 4600,
        amountFen: 4600,
      },
    ],
  },
  cancelOrder: { reason: '医生取消医嘱' },
  refundNo: 'T20261121001',
  askRefund: {
    refundNo: 'T20261121001',
    visitNo,
    items: [{ orderNo, itemNo: 'L001', amountFen: 1000 }],
    text: '项目未做',
    decidedBy: 'S0301',
  },
  decideRefund: {
    decision: 'accepted',
    items: [{ orderNo, itemNo: 'L001', amountFen: 1000 }],
    decidedBy: 'S0301',
  },
  approveRefund: { approvedBy: 'S0302' },
  resendRefund: { by: 'S0301' },
  finishVisit: { orders: [{ orderNo, actualFen: 4200 }] },
} as const
