import { AppClient } from '../world/app-client.ts'
import { seedInstitutions, seedPeople } from '../sandbox/index.ts'

/** Seeds through the front door: everybody signs in and binds cards, and three visits begin as the window would begin them. */
export async function seedThroughTheFrontDoor(app: string, hospital: string): Promise<void> {
  const clients = new Map<string, AppClient>()
  for (const person of seedPeople.filter((one) => !isNewcomer(one)))
    clients.set(person.name, await AppClient.signIn(app, person.openid))
  await bindChild(clients.get('陈静'), '陈果')
  const today = await visitsOf(hospital)
  await begin(hospital, today, '陈静')
  await begin(hospital, today, '赵桂兰', 'blood-pressure')
  await begin(hospital, today, '刘洋', 'wrist', 'finish')
}

/** Who has neither a visit nor a quota is left to whoever tries the demo: card, sign-up and registration are still to do. */
const isNewcomer = (person: (typeof seedPeople)[number]): boolean =>
  person.visits.length === 0 && person.credit.kind === 'none'

/** A mother holds her child's card in her own account. */
async function bindChild(mother: AppClient | undefined, childName: string): Promise<void> {
  const child = seedPeople.find((one) => one.name === childName)
  for (const { institution } of child?.visits ?? []) {
    const body = { institution, name: childName, idNumber: child?.idNumber ?? '', relation: 'family' }
    await mother?.call('bindCard', { body })
  }
}

type Today = Map<string, { visitNo: string; institution: string }>

interface Listed {
  readonly visits: readonly { readonly visitNo: string; readonly patient: { readonly name: string } }[]
}

async function visitsOf(hospital: string): Promise<Today> {
  const today: Today = new Map()
  for (const { id } of seedInstitutions) {
    const { visits } = (await (await fetch(`${hospital}/${id}/visits`)).json()) as Listed
    for (const { visitNo, patient } of visits) today.set(patient.name, { visitNo, institution: id })
  }
  return today
}

async function begin(hospital: string, today: Today, name: string, orderSet?: string, then?: 'finish'): Promise<void> {
  const visit = today.get(name)
  if (!visit) return
  const act = async (action: string, body: object) => {
    const response = await fetch(`${hospital}/${visit.institution}/actions/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ visitNo: visit.visitNo, ...body }),
    })
    if (!response.ok) throw new Error(`${action} for ${name}: ${response.status} ${await response.text()}`)
  }
  await act('start-visit', { useCredit: true })
  if (orderSet !== undefined) await act('order', { set: orderSet })
  if (then === 'finish') await act('finish', {})
}
