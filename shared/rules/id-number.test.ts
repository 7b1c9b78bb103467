import { describe, expect, it } from 'vitest'
import { ageOf, isIdNumber } from './id-number.ts'

/** A fictitious number: region 99 exists nowhere. */
const born = '990101198803120020'
const bornOnLeapDay = '990101200402290012'
/** Noon in Shanghai. */
const noonOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day, 4)

describe('an ID number', () => {
  it.each([born, '99010120190605004X', '99010619450722008X', '990122198110050033', '990101196011051232'])(
    '%s is valid',
    (number) => {
      expect(isIdNumber(number)).toBe(true)
    },
  )

  it('has only one right check digit', () => {
    const valid = [...'0123456789X'].filter((digit) => isIdNumber(born.slice(0, 17) + digit))
    expect(valid).toEqual(['0'])
  })

  it('is refused when one digit is wrong or two neighbours are swapped', () => {
    for (let at = 0; at < 17; at++) {
      const wrong = (Number(born[at]) + 1) % 10
      expect(isIdNumber(`${born.slice(0, at)}${wrong}${born.slice(at + 1)}`), `digit ${at}`).toBe(false)
      const [a = '', b = ''] = born.slice(at, at + 2)
      if (a === b) continue
      expect(isIdNumber(`${born.slice(0, at)}${b}${a}${born.slice(at + 2)}`), `swap ${at}`).toBe(false)
    }
  })

  it.each(['', born.slice(1), `${born}0`, '99010120190605004x', `${born.slice(0, 17)}Ｘ`, `${born}\n`])(
    '%j has the wrong form',
    (number) => {
      expect(isIdNumber(number)).toBe(false)
    },
  )

  it.each(['19881332', '19880230', '20230229', '19060229', '19880010', '19880100', '00500101'])(
    'is refused for the date %s whatever its check digit',
    (date) => {
      const checked = [...'0123456789X'].map((digit) => isIdNumber(`990101${date}002${digit}`))
      expect(checked).not.toContain(true)
    },
  )

  it('may be of a leap day', () => {
    const checked = [...'0123456789X'].map((digit) => isIdNumber(`99010120040229001${digit}`))
    expect(checked.filter(Boolean)).toHaveLength(1)
  })
})

describe('age', () => {
  it('grows on the birthday in Shanghai, not before', () => {
    expect(ageOf(born, noonOf(2026, 3, 11))).toBe(37)
    expect(ageOf(born, noonOf(2026, 3, 12))).toBe(38)
    expect(ageOf(born, Date.UTC(2026, 2, 11, 15, 59, 59))).toBe(37)
    expect(ageOf(born, Date.UTC(2026, 2, 11, 16))).toBe(38)
  })

  it('grows on a birthday late in the year as well', () => {
    expect(ageOf('990101196011051232', noonOf(2026, 11, 4))).toBe(65)
    expect(ageOf('990101196011051232', noonOf(2026, 11, 5))).toBe(66)
  })

  it('of somebody born on a leap day grows on 1 March of other years', () => {
    expect(ageOf(bornOnLeapDay, noonOf(2026, 2, 28))).toBe(21)
    expect(ageOf(bornOnLeapDay, noonOf(2026, 3, 1))).toBe(22)
  })

  it('is 0 in the first year', () => {
    expect(ageOf(born, noonOf(1988, 3, 12))).toBe(0)
    expect(ageOf(born, noonOf(1989, 3, 11))).toBe(0)
  })
})
