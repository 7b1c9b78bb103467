import { expect, test } from 'vitest'
import { idNumberError, nameError, nextStep, plainIdNumber } from './form'

test('a pasted number loses its spaces, and a small x becomes the letter on the card', () => {
  expect(plainIdNumber(' 110105 19491231 002x ')).toBe('11010519491231002X')
})

test('a right number has no error', () => {
  expect(idNumberError('11010519491231002X')).toBeUndefined()
})

test.each([
  ['', '请填写'],
  ['1101051949123100', '现在是 16 位'],
  ['1101051949123100AX', '前 17 位是数字'],
  ['110105194912310021', '不对'],
  ['110105194913310022', '不对'],
])('%s is told what is wrong with it', (idNumber, words) => {
  expect(idNumberError(idNumber)).toContain(words)
})

test('a name of spaces is no name', () => {
  expect([nameError('  '), nameError('林芳')]).toEqual(['请填写姓名', undefined])
})

test('each refusal comes with a next step', () => {
  expect(nextStep('CARD_NO_RECORD')).toContain('建档')
  expect(nextStep('ANYTHING_ELSE')).toContain('窗口')
})
