import { sm2PrivateKey, sm2PublicKey, warmed } from '@paycare/bff/gateways/bank/gm/sm2-key.ts'
import { sm2Sign, sm2Verify } from '@paycare/bff/gateways/bank/gm/sm2-signature.ts'
import { systemRandom } from '@paycare/bff/ports/system.ts'
import { sm2 as theirs } from 'sm-crypto'
import { expect, it } from 'vitest'

/** As long as an ordinary request of the bank's. */
const text = 'x'.repeat(910)
const message = Buffer.from(text)
const pair = theirs.generateKeyPairHex()
const asDer = { hash: true, der: true, publicKey: pair.publicKey } as const
const leastRatio = 20

/** Processor time of one operation, so that other programs on the machine do not count. */
function microsecondsOf(times: number, operation: () => unknown): number {
  const before = process.cpuUsage()
  for (let at = 0; at < times; at++) operation()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / times
}

/** How many times as fast, in rounds that follow each other at once; the middle of seven. */
function ratio(name: string, ours: () => unknown, reference: () => unknown): number {
  microsecondsOf(100, ours)
  microsecondsOf(5, reference)
  const rounds = Array.from({ length: 7 }, () => {
    const own = microsecondsOf(150, ours)
    const other = microsecondsOf(8, reference)
    return { own, other, ratio: other / own }
  })
  const middle = rounds.toSorted((one, other) => one.ratio - other.ratio)[3]
  if (middle === undefined) throw new Error('no round')
  const perSecond = (microseconds: number) => Math.round(1e6 / microseconds)
  const figures = `${perSecond(middle.own)} against ${perSecond(middle.other)} per second`
  process.stdout.write(`SM2 ${name}: ${middle.ratio.toFixed(1)} times as fast as sm-crypto (${figures})\n`)
  return middle.ratio
}

it('SM2 signs at least twenty times as fast as sm-crypto, which is told the public key', () => {
  const key = sm2PrivateKey(Buffer.from(pair.privateKey, 'hex'))
  const ours = () => sm2Sign(key, message, systemRandom)
  const reference = () => theirs.doSignature(text, pair.privateKey, asDer)
  expect(ratio('sign', ours, reference)).toBeGreaterThanOrEqual(leastRatio)
})

it('SM2 verifies at least twenty times as fast as sm-crypto, under the bank’s key', () => {
  const bank = warmed(sm2PublicKey(Buffer.from(pair.publicKey, 'hex')))
  const signature = theirs.doSignature(text, pair.privateKey, asDer)
  const der = Buffer.from(signature, 'hex')
  const ours = () => {
    if (!sm2Verify(bank, message, der)) throw new Error('not verified')
  }
  const reference = () => theirs.doVerifySignature(text, signature, pair.publicKey, asDer)
  expect(ratio('verify', ours, reference)).toBeGreaterThanOrEqual(leastRatio)
})
