import { describe, expect, it } from 'vitest'
import { encodeGbk } from './gbk.ts'

describe('GBK', () => {
  it('gives back what it was given, letters and characters alike', () => {
    const text = '门诊费用 100.00|住院预缴金，“信用就医”\r\n'
    expect(new TextDecoder('gbk').decode(encodeGbk(text))).toBe(text)
  })

  it('writes known bytes, and a question mark for what it does not have', () => {
    expect([...encodeGbk('中A😀')]).toEqual([0xd6, 0xd0, 0x41, 0x3f])
  })
})
