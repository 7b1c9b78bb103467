import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomeOfCode } from './codes.ts'

const pl = (number: string): string => `SBOX0004PL${number}`

describe('what a code means', () => {
  it.each(['0003', '0004', '0005', '0006', '0008', '0001', '9999'])(
    'ADPTSY%s is a time-out inside the bank: unknown, never a refusal',
    (number) => {
      expect(outcomeOfCode(`ADPTSY${number}`)).toEqual({ is: 'unknown', why: `ADPTSY${number}` })
    },
  )

  it.each(['0101', '0102', '0103', '0104', '0106', '0107', '0108', '0115'])('%s refuses this serial', (number) => {
    expect(outcomeOfCode(pl(number))).toEqual({ is: 'refused', code: pl(number) })
  })

  it.each(['0105', '0109', '0110', '0111', '0112'])('%s refuses and calls a person', (number) => {
    expect(outcomeOfCode(pl(number))).toEqual({ is: 'refused', code: pl(number), alarm: true })
  })

  it('an earlier call that is still under way is unknown', () => {
    expect(outcomeOfCode(pl('0116')).is).toBe('unknown')
  })

  it('a merchant balance that is too small today may be tried later', () => {
    expect(outcomeOfCode('DCBS0004PL0974')).toEqual({ is: 'deferred', code: 'DCBS0004PL0974' })
  })

  it.each(['0001', '0002', '0003', '0006', '0010'])('GW%s never reached business', (number) => {
    expect(outcomeOfCode(`SBOX0001GW${number}`)).toEqual({ is: 'notExecuted', why: `SBOX0001GW${number}` })
  })

  it.each([
    '',
    'DCBS0004PL0000',
    'DCBS0004PL0999',
    'sbox0004pl0103',
    'SBOX0004PL0103 ',
    'xSBOX0001GW0001',
    'SBOX0001GW00011',
    'SBOX0001GW0001\n',
    'toString',
    'constructor',
    '__proto__',
  ])('%j is not listed, so it is unknown', (code) => {
    expect(outcomeOfCode(code).is).toBe('unknown')
  })

  it('whatever else comes is unknown', () => {
    fc.assert(fc.property(fc.string({ maxLength: 14 }), (code) => outcomeOfCode(code).is === 'unknown'))
  })
})
