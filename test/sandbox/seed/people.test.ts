import { describe, expect, it } from 'vitest'
import { certCheckDigit } from '../bank/identity.ts'
import { ageOf, seedInstitutions, seedPeople } from './people.ts'

describe('seeded people', () => {
  it('cannot be real: region 99 with a valid check digit, each number once', () => {
    for (const { idNumber } of seedPeople) {
      expect(idNumber).toMatch(/^99\d{15}[\dX]$/)
      expect(idNumber.at(-1)).toBe(certCheckDigit(idNumber.slice(0, 17)))
    }
    expect(new Set(seedPeople.map((one) => one.idNumber)).size).toBe(seedPeople.length)
    expect(new Set(seedPeople.map((one) => one.openid)).size).toBe(seedPeople.length)
  })

  it('cover the quotas that matter', () => {
    const available = seedPeople.flatMap(({ credit }) =>
      credit.kind === 'principal' ? [credit.limitFen - credit.usedFen] : [],
    )
    expect(available).toContain(1)
    expect(available).toContain(12_345_678)
    expect(seedPeople.some(({ credit }) => credit.kind === 'none')).toBe(true)
    expect(seedPeople.some(({ credit }) => credit.kind === 'principal' && credit.overdue)).toBe(true)
    for (const { credit } of seedPeople) {
      if (credit.kind === 'sharer') expect(seedPeople.some((one) => one.idNumber === credit.ofIdNumber)).toBe(true)
    }
  })

  it('are of all ages and all have a visit at a known institution', () => {
    const ages = seedPeople.map((one) => ageOf(one.idNumber, Date.UTC(2026, 10, 21)))
    expect(ages).toEqual([38, 7, 83, 20, 45, 29, 81, 33])
    const known = seedInstitutions.map((one) => one.id)
    for (const { visits } of seedPeople) {
      expect(visits.length).toBeGreaterThan(0)
      for (const visit of visits) expect(known).toContain(visit.institution)
    }
  })
})
