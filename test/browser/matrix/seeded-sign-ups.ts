import { RegistrationDesk } from '../../journeys/registration-desk.ts'
import { personNamed } from '../../world/his-client.ts'
import type { World } from '../../world/world.ts'
import { accountOf } from '../clinic.ts'
import type { Seeded } from './seeded.ts'

/** A sign-up in every state of the bank's; the bank is silent about patients of the second hospital. */
export async function seedSignUps(world: World): Promise<Seeded> {
  const { bank } = world.sandbox
  const agreed = ['王德福', '李晓', '陈果', '阿卜杜热合曼·买买提江', '欧阳思远'] as const
  const cookies = new Map<string, string>()
  for (const name of agreed) {
    const app = await accountOf(world, name)
    await RegistrationDesk.come(app)
    cookies.set(name, app.cookie)
  }
  cookies.set('许佳怡', (await accountOf(world, '许佳怡')).cookie)
  bank.changeCustomer(personNamed('阿卜杜热合曼·买买提江').idNumber, { quotaStatus: 'FROZEN' })
  bank.changeCustomer(personNamed('欧阳思远').idNumber, { quotaStatus: 'EXPIRED' })
  const liu = await accountOf(world, '刘洋')
  const desk = await RegistrationDesk.come(liu, 'yulin')
  const { slotNo } = await desk.freeSlot()
  cookies.set('刘洋', liu.cookie)
  const merPtcId = world.x.institution('yulin').merPtcId
  bank.faults.add({ api: 'querySign', kind: 'DROP_BEFORE', match: { merPtcId } })
  return { numbers: { silentSlot: slotNo, silentCard: desk.card.id }, cookies }
}
