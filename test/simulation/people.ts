import type { Sandbox } from '../sandbox/index.ts'
import type { Seeded } from './seeded.ts'

/** A simulated resident. Region 99 exists nowhere. */
export interface Resident {
  readonly name: string
  readonly idNumber: string
  readonly patientNo: string
}

const characters = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'

/** Signs `count` residents up; about one in eight has a quota that is soon used up. */
export function signUpResidents(sandbox: Sandbox, random: Seeded, count: number): Resident[] {
  return Array.from({ length: count }, (_, at) => {
    const name = `模拟${[...String(at)].map((digit) => characters[Number(digit) + random.within(0, 11)]).join('')}`
    const idNumber = `9901011980${String(at).padStart(7, '0')}X`
    const limitFen = random.chance(0.125) ? random.within(1_000, 30_000) : 100_000_000
    sandbox.bank.addCustomer({ name, certType: '01', certNo: idNumber, signStatus: 'SIGNED', limitFen })
    return { name, idNumber, patientNo: `S${at}` }
  })
}
