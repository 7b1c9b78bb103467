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

  it('are of all ages, and each is known to an institution that exists', () => {
    const ages = seedPeople.map((one) => ageOf(one.idNumber, Date.UTC(2026, 10, 21)))
    expect(ages).toEqual([38, 7, 83, 20, 45, 29, 81, 33, 26, 52, 14, 67, 24])
    const known = seedInstitutions.map((one) => one.id)
    for (const { visits, records } of seedPeople) {
      const places = [...visits, ...records].map((one) => one.institution)
      expect(places.length).toBeGreaterThan(0)
      expect(known).toEqual(expect.arrayContaining(places))
    }
  })

  it('bring everybody who registers online for the first time: without sign-up, signed, shared, overdue and refused', () => {
    const newcomers = seedPeople.filter(({ visits }) => visits.length === 0)
    expect(newcomers.map(({ credit }) => credit.kind)).toEqual(['none', 'principal', 'sharer', 'principal', 'none'])
    expect(newcomers.filter(({ credit }) => credit.kind === 'none' && credit.refused)).toHaveLength(1)
    expect(newcomers.filter(({ credit }) => credit.kind === 'principal' && credit.overdue)).toHaveLength(1)
    const numbers = seedPeople.flatMap(({ visits, records }) => [...visits, ...records].map((one) => one.patientNo))
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})
