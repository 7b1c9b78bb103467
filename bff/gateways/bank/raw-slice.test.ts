import { describe, expect, it } from 'vitest'
import { rawMember } from './raw-slice.ts'

describe('the raw text of a member', () => {
  it.each([
    ['an object', '{"x":{"a":1}}', '{"a":1}'],
    ['an object as it is spaced', '{ "x" : { "a" : 1 } , "y":2}', '{ "a" : 1 }'],
    ['line breaks and tabs between the parts', '{\n\t"y": 1,\r\n\t"x": [1, 2]\n}', '[1, 2]'],
    ['an object behind the signature', '{"sign":"abc","x":{"a":1}}', '{"a":1}'],
    ['nested objects and lists', '{"x":{"a":[{"b":{}},[[]]]},"sign":"s"}', '{"a":[{"b":{}},[[]]]}'],
    ['brackets inside a text', '{"x":{"a":"}]{["},"sign":"s"}', '{"a":"}]{["}'],
    ['a quote inside a text', '{"x":{"a":"say \\"}\\" twice"},"y":1}', '{"a":"say \\"}\\" twice"}'],
    ['a backslash before the closing quote', '{"y":"c:\\\\","x":{"a":"\\\\"}}', '{"a":"\\\\"}'],
    ['an escaped slash, unchanged', '{"x":{"url":"https:\\/\\/a\\/b"}}', '{"url":"https:\\/\\/a\\/b"}'],
    ['a number with its zeros', '{"x":{"n":0.10}}', '{"n":0.10}'],
    ['Chinese, escaped or not', '{"x":{"msg":"交易成功\\u4ea4"}}', '{"msg":"交易成功\\u4ea4"}'],
    ['a text', '{"x":"a\\"b"}', '"a\\"b"'],
    ['a bare value in the middle', '{"x":-1.5e3,"y":1}', '-1.5e3'],
    ['a bare value at the end', '{"y":1,"x":null}', 'null'],
  ])('is found for %s', (_, json, raw) => {
    expect(rawMember(json, 'x')).toBe(raw)
  })

  it('is that of the top level, not of the same name deeper down or inside a text', () => {
    expect(rawMember('{"a":{"sign":"inner"},"sign":"outer"}', 'sign')).toBe('"outer"')
    expect(rawMember('{"a":{"sign":"inner"}}', 'sign')).toBeUndefined()
    expect(rawMember('{"a":"\\"sign\\":\\"text\\"","sign":"outer"}', 'sign')).toBe('"outer"')
    expect(rawMember('{"a":[{"sign":1}],"sign":2}', 'sign')).toBe('2')
  })

  it('is the first of two, so that what was verified is what is read', () => {
    expect(rawMember('{"x":1,"x":2}', 'x')).toBe('1')
  })

  it.each([
    '',
    '   ',
    'x',
    '[]',
    '"x"',
    '<html>"x":1</html>',
    '{}',
    '{"y":1}',
    '{"x"',
    '{"x":',
    '{"x":}',
    '{"x":{"a":1}'.slice(0, -1),
    '{"x":{"a":"}',
    '{"x":"a',
    '{"x":"a\\',
    '{"y":{"a":"',
    '{"y":1 "x":2}',
    '{y:1,"x":2}',
  ])('is absent in %j', (json) => {
    expect(rawMember(json, 'x')).toBeUndefined()
  })
})
