import { expect, test } from 'vitest'
import { failureOf } from './failure'

const problem = { code: 'VISIT_NOT_FOUND', detail: '没有找到这次就诊', requestId: 'r1' }

test('a refusal is final and carries its own text and number', () => {
  expect(failureOf(404, problem)).toMatchObject({
    kind: 'refused',
    text: problem.detail,
    requestId: 'r1',
    signedOut: false,
    absent: true,
  })
})

test('a breakdown of the server, and what a proxy says, leave the outcome unknown', () => {
  expect(failureOf(500, { ...problem, code: 'INTERNAL' }).kind).toBe('unknown')
  expect(failureOf(502, '<html>').kind).toBe('unknown')
  expect(failureOf(503, '').kind).toBe('unknown')
})

test('the bank or the hospital was silent before anything was stored: final, with a text of its own', () => {
  expect(failureOf(503, { ...problem, code: 'CREDIT_SILENT' }).kind).toBe('refused')
})

test('an answer that is no problem document still has a text', () => {
  expect(failureOf(400, '<html>')).toMatchObject({ kind: 'refused', requestId: undefined })
  expect(failureOf(400, '<html>').text).not.toBe('')
})

test('401 asks for a sign-in', () => {
  expect(failureOf(401, problem)).toMatchObject({ signedOut: true, absent: false })
})
