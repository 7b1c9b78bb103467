import type { Outcome } from '@paycare/shared/rules'
import { beforeEach, describe, expect, it } from 'vitest'
import { Breakers } from './breakers.ts'

const silence: Outcome = { is: 'unknown', why: 'test' }
const answer: Outcome = { is: 'accepted' }
const lane = 'a:credit'

describe('breakers', () => {
  let nowMs: number
  let said: unknown[]
  let breakers: Breakers
  beforeEach(() => {
    nowMs = 1_000_000
    said = []
    const log = (about: object, message: string): void => void said.push([message, about])
    const clock = { now: () => nowMs, after: () => () => undefined }
    // Half of what a byte can be: an eighth is taken off each pause.
    const random = { bytes: (length: number) => new Uint8Array(length).fill(128) }
    breakers = new Breakers(clock, random, { info: log, warn: log, error: log })
  })

  function send(outcome: Outcome, step: 'lock' | 'confirm' = 'lock'): boolean {
    return breakers.heard(lane, step, breakers.leaving(lane, step), outcome)
  }
  const open = (): void => {
    for (let at = 0; at < 5; at++) expect(send(silence)).toBe(false)
  }

  it('hold nothing up before anything is known', () => {
    expect(breakers.heldUntil(lane, 'lock')).toBe(0)
    expect(breakers.open()).toEqual([])
  })

  it('open by lane and step, for a second less what chance takes off, and say so once', () => {
    open()
    expect(breakers.open()).toEqual([{ lane, step: 'lock', failedProbes: 0, probeAtMs: nowMs + 875 }])
    expect(breakers.heldUntil(lane, 'lock')).toBe(nowMs + 875)
    expect([breakers.heldUntil(lane, 'confirm'), breakers.heldUntil('b:credit', 'lock')]).toEqual([0, 0])
    expect(send(silence)).toBe(false)
    expect(said).toEqual([['breaker opens', { lane, step: 'lock' }]])
  })

  it('hold everybody else up while the probe is under way, and close when it is answered', () => {
    open()
    nowMs += 875
    expect(breakers.leaving(lane, 'lock')).toBe(true)
    expect(breakers.heldUntil(lane, 'lock')).toBe(nowMs + 15_000)
    expect(breakers.heard(lane, 'lock', true, silence)).toBe(false)
    expect(breakers.heard(lane, 'lock', true, answer)).toBe(true)
    expect(breakers.heldUntil(lane, 'lock')).toBe(0)
    expect(said.at(-1)).toEqual(['breaker closes', { lane, step: 'lock', failedProbes: 1 }])
    expect(send(answer)).toBe(false)
    expect(said).toHaveLength(2)
  })

  it('let the next one be the probe when the first did not leave, and count on as before', () => {
    open()
    nowMs += 875
    expect(breakers.leaving(lane, 'lock')).toBe(true)
    breakers.unused(lane, 'lock', true)
    expect(breakers.open()).toEqual([{ lane, step: 'lock', failedProbes: 0, probeAtMs: nowMs }])
    breakers.leaving(lane, 'lock')
    breakers.unused(lane, 'lock', false)
    expect(breakers.heldUntil(lane, 'lock')).toBe(nowMs + 15_000)
  })

  it('that are closed stay closed when a send did not leave', () => {
    breakers.unused(lane, 'lock', breakers.leaving(lane, 'lock'))
    breakers.unused(lane, 'lock', true)
    expect(breakers.open()).toEqual([])
  })
})
