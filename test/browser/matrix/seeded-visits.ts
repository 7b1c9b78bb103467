import type { PaymentBrief } from '@paycare/shared/contract'
import type { World } from '../../world/world.ts'
import { accountOf, gastroscopy, medicine, order, visitsOf } from '../clinic.ts'
import type { Seeded } from './seeded.ts'

type Visits = Awaited<ReturnType<typeof visitsOf>>

/** Visits on, off and beside “信用就医”, with orders in every state that an order can come to. */
export async function seedVisits(world: World): Promise<Seeded> {
  const zhao = await accountOf(world, '赵桂兰')
  const bao = await accountOf(world, '阿卜杜热合曼·买买提江')
  const guo = await accountOf(world, '陈果')
  const xiao = await accountOf(world, '李晓')
  await smallQuota(world)
  await everyEnd(world)
  const his = world.his()
  await his.start('M4', '李晓')
  const visits = {
    zhao: await visitsOf(zhao),
    bao: await visitsOf(bao),
    guo: await visitsOf(guo),
    xiao: await visitsOf(xiao),
  }
  const withPayments = (count: number) => visits.zhao.find(({ payments }) => payments.length === count)?.id ?? ''
  return {
    numbers: {
      paidVisit: withPayments(1),
      openVisit: withPayments(3),
      bareVisit: withPayments(0),
      longVisit: visits.bao.find(({ payments }) => payments.some(({ row }) => row === 'paid'))?.id ?? '',
      familyVisit: visits.guo[0]?.id ?? '',
      ordinaryVisit: visits.xiao[0]?.id ?? '',
      held: paymentIn(visits.zhao, 'held'),
      lockDoubt: paymentIn(visits.zhao, 'lockDoubt'),
      declined: paymentIn(visits.zhao, 'declined'),
      partlyPaid: paymentIn(visits.zhao, 'partlyPaid'),
      paid: paymentIn(visits.bao, 'paid'),
      released: paymentIn(visits.bao, 'released'),
      confirmDoubt: paymentIn(visits.bao, 'confirmDoubt'),
      familyPaid: paymentIn(visits.guo, 'paid'),
    },
    cookies: new Map([
      ['赵桂兰', zhao.cookie],
      ['阿卜杜热合曼·买买提江', bao.cookie],
      ['陈果', guo.cookie],
      ['李晓', xiao.cookie],
    ]),
  }
}

function paymentIn(visits: Visits, row: PaymentBrief['row']): string {
  const payment = visits.flatMap(({ payments }) => payments).find((one) => one.row === row)
  if (!payment) throw new Error(`no payment came to ${row}`)
  return payment.id
}

/** A quota of 60 yuan: one order fits, one is in doubt, one is too much. */
async function smallQuota(world: World): Promise<void> {
  const his = world.his()
  await his.start('V1', '赵桂兰')
  await his.order('V1', order('A1', '换药', ['T004', '换药（小）', '给小伤口消毒换纱布', 'treatment', '次', 1, 1_800]))
  await his.finish('V1', { A1: 1_200 })
  await his.start('V2', '赵桂兰')
  await his.order('V2', order('B1', '肌肉注射', ['T005', '肌肉注射', '打一针在肌肉里', 'treatment', '次', 1, 500]))
  await his.order('V2', gastroscopy)
  world.sandbox.bank.faults.add({ api: 'lock', times: 1, kind: 'EXECUTE_THEN_DROP' })
  await his.order('V2', order('B3', '药品', ['W006', '止痛乳胶剂', '抹在疼的地方的止痛膏', 'western', '支', 1, 2_380]))
  await his.start('V3', '赵桂兰')
}

/** Paid, released and paid without an answer, with names and amounts as long as they come; and a child on the family's quota. */
async function everyEnd(world: World): Promise<void> {
  const his = world.his()
  const scan = [
    'E1',
    '腕关节磁共振平扫加增强扫描（含造影剂）',
    '手腕做磁共振，看韧带和软骨',
    'exam',
    '部位',
    11,
    1_023_456,
  ] as const
  await his.start('M1', '阿卜杜热合曼·买买提江')
  await his.order('M1', order('P1', '手腕磁共振平扫加增强扫描', scan))
  await his.order('M1', order('P2', '消毒', ['T1', '伤口消毒', '给伤口消毒', 'treatment', '次', 1, 700]))
  await his.cancel('M1', 'P2')
  await his.finish('M1', { P1: 11_258_016 })
  await his.start('M2', '阿卜杜热合曼·买买提江')
  await his.order('M2', medicine)
  world.sandbox.bank.faults.add({ api: 'confirm', times: 1, kind: 'EXECUTE_THEN_DROP' })
  await his.finish('M2', { O3: 9_750 })
  await his.start('M3', '陈果')
  await his.order('M3', { ...medicine, orderNo: 'G1' })
  await his.finish('M3', { G1: 9_750 })
}
