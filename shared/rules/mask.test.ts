import { describe, expect, it } from 'vitest'
import { maskIdNumber, maskName, tail } from './mask.ts'

describe('a masked name', () => {
  it.each([
    ['张三', '张*'],
    ['张小三', '张**'],
    ['欧阳小明', '欧***'],
    ['欧阳小明华', '欧***'],
    ['阿卜杜热合曼·买买提江', '阿***'],
    ['李·四', '李***'],
    ['张', '*'],
    ['', '*'],
    ['  张三  ', '张*'],
    ['𠮷野', '𠮷*'],
  ])('of %s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
})

describe('a masked ID number', () => {
  it('keeps the first three and the last four', () => {
    expect(maskIdNumber('990101198803120020')).toBe('990***********0020')
    expect(maskIdNumber('99010120190605004X')).toBe('990***********004X')
  })

  it('of a text too short to mask shows nothing', () => {
    expect(maskIdNumber('1234567')).toBe('*******')
    expect(maskIdNumber('12345678')).toBe('123*5678')
    expect(maskIdNumber('')).toBe('')
  })
})

it('a tail is the last four', () => {
  expect(tail('CM2026990000000001')).toBe('0001')
  expect(tail('12')).toBe('12')
})
