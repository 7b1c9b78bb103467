import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fenToYuan, formatFen, spokenFen, sumFen, yuanToFen } from './money.ts'

const tenDigitsOfYuan = 999_999_999_999
const notFen = [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER + 1]

describe('fen and yuan', () => {
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [100, '1.00'],
    [123_405, '1234.05'],
    [tenDigitsOfYuan, '9999999999.99'],
  ])('%i fen is %s yuan', (fen, yuan) => {
    expect(fenToYuan(fen)).toBe(yuan)
    expect(yuanToFen(yuan)).toBe(fen)
  })

  it('go there and back without losing a fen, up to ten digits of yuan', () => {
    const anyFen = fc.oneof(fc.integer({ min: 0, max: tenDigitsOfYuan }), fc.integer({ min: 0, max: 100_000 }))
    fc.assert(fc.property(anyFen, (fen) => yuanToFen(fenToYuan(fen)) === fen))
  })

  it('goes back and there to the same letters', () => {
    const anyYuan = fc
      .tuple(fc.integer({ min: 0, max: 9_999_999_999 }), fc.integer({ min: 0, max: 99 }))
      .map(([yuan, cents]) => `${yuan}.${String(cents).padStart(2, '0')}`)
    fc.assert(fc.property(anyYuan, (yuan) => fenToYuan(yuanToFen(yuan) ?? -1) === yuan))
  })

  it.each([
    '',
    '1',
    '1.0',
    '1.005',
    '01.00',
    '00.00',
    '.50',
    '-1.00',
    '+1.00',
    ' 1.00',
    '1.00 ',
    '1.00\n',
    '1,234.00',
    '1e3.00',
    '0x1.00',
    '１.00',
    '10000000000.00',
    '1.00.00',
  ])('the text %j is no amount', (text) => {
    expect(yuanToFen(text)).toBeUndefined()
  })

  it('reads nothing but the one form of an amount', () => {
    const nearly = fc.string({ unit: fc.constantFrom('0', '1', '9', '.', '-', ' ', ','), maxLength: 8 })
    fc.assert(
      fc.property(nearly, (text) => {
        const fen = yuanToFen(text)
        return fen === undefined || fenToYuan(fen) === text
      }),
    )
  })

  it.each(notFen)('%d is refused as an amount instead of being rounded', (fen) => {
    expect(() => fenToYuan(fen)).toThrow(RangeError)
    expect(() => formatFen(fen)).toThrow(RangeError)
    expect(() => spokenFen(fen)).toThrow(RangeError)
    expect(() => sumFen([1, fen])).toThrow(RangeError)
  })
})

describe('a sum', () => {
  it('is exact and 0 when there is nothing to add', () => {
    expect(sumFen([])).toBe(0)
    expect(sumFen([10, 20, 12_345])).toBe(12_375)
  })

  it('throws when it would leave the exact integers', () => {
    expect(() => sumFen([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError)
  })
})

describe('an amount for people', () => {
  it.each([
    [5, '¥0.05', '0 元 5 分'],
    [123_405, '¥1,234.05', '1234 元 5 分'],
    [100_000_000, '¥1,000,000.00', '1000000 元'],
    [12_345_678, '¥123,456.78', '123456 元 7 角 8 分'],
    [50, '¥0.50', '0 元 5 角'],
    [111, '¥1.11', '1 元 1 角 1 分'],
  ])('%i fen is shown as %s and read as %s', (fen, shown, read) => {
    expect(formatFen(fen)).toBe(shown)
    expect(spokenFen(fen)).toBe(read)
  })
})
