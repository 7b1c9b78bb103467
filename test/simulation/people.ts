import type { Sandbox } from '../sandbox/index.ts'
import type { Seeded } from './seeded.ts'

/** A simulated resident. Region 99 exists nowhere. */
export interface Resident {
  readonly name: string
  readonly idNumber: string
  readonly patientNo: string
}

const characters = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** The 18th character that GB 11643 asks for. */
function withCheckDigit(first17: string): string {
  const sum = [...first17].reduce((total, digit, at) => total + Number(digit) * (weights[at] ?? 0), 0)
  return first17 + ('10X98765432'[sum % 11] ?? '')
}

/** Signs `count` residents up at the bank and at the hospital; about one in eight has a quota that is soon used up. */
export function signUpResidents(sandbox: Sandbox, random: Seeded, count: number): Resident[] {
  return Array.from({ length: count }, (_, at) => {
    const name = `模拟${[...String(at)].map((digit) => characters[Number(digit) + random.within(0, 11)]).join('')}`
    const idNumber = withCheckDigit(`990101${1950 + (at % 50)}0101${String(Math.floor(at / 50)).padStart(3, '0')}`)
    const limitFen = random.chance(0.125) ? random.within(1_000, 30_000) : 100_000_000
    sandbox.bank.addCustomer({ name, certType: '01', certNo: idNumber, signStatus: 'SIGNED', limitFen })
    const patientNo = `S${at}`
    sandbox.hospital.at('jc-first').addPatient({ patientNo, name, sex: '女', idNumber, phone: '19900000000' })
    return { name, idNumber, patientNo }
  })
}
