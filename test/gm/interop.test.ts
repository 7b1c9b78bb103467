import { randomBytes } from 'node:crypto'
import { openContent, sealContent } from '@paycare/bff/gateways/bank/content-cipher.ts'
import { sm2Decrypt, sm2Encrypt } from '@paycare/bff/gateways/bank/gm/sm2-encryption.ts'
import { sm2PrivateKey, sm2PublicKey } from '@paycare/bff/gateways/bank/gm/sm2-key.ts'
import { sm2Sign, sm2Verify } from '@paycare/bff/gateways/bank/gm/sm2-signature.ts'
import { sm3 } from '@paycare/bff/gateways/bank/gm/sm3.ts'
import { systemRandom } from '@paycare/bff/ports/system.ts'
import * as old from 'sm-crypto'
import * as young from 'sm-crypto-v2'
import { describe, expect, it } from 'vitest'

const hex = (text: string): Buffer => Buffer.from(text, 'hex')
const rounds = Array.from({ length: 20 }, (_, at) => at)
const asDer = { hash: true, der: true } as const
const c1c3c2 = 1
const zeroVector = '00'.repeat(16)

/** Another key and another message each round: lengths around a block, Chinese among it. */
function round(at: number) {
  const pair = young.sm2.generateKeyPairHex()
  return { pair, own: sm2PrivateKey(hex(pair.privateKey)), text: `${'x'.repeat(at * 3)}信用就医${at}` }
}

describe.each([
  ['sm-crypto', old],
  ['sm-crypto-v2', young],
])('%s', (_, other) => {
  it('finds the same public key', () => {
    for (const at of rounds) {
      const { pair, own } = round(at)
      expect(Buffer.from(own.publicKey.raw).toString('hex')).toBe(pair.publicKey)
    }
  })

  it('verifies what we signed', () => {
    for (const at of rounds) {
      const { pair, own, text } = round(at)
      const signature = sm2Sign(own, Buffer.from(text), systemRandom).toString('hex')
      expect(other.sm2.doVerifySignature(text, signature, pair.publicKey, asDer)).toBe(true)
      expect(other.sm2.doVerifySignature(`${text}.`, signature, pair.publicKey, asDer)).toBe(false)
    }
  })

  it('signs what we verify', () => {
    for (const at of rounds) {
      const { pair, text } = round(at)
      const signature = hex(other.sm2.doSignature(text, pair.privateKey, { ...asDer, publicKey: pair.publicKey }))
      const key = sm2PublicKey(hex(pair.publicKey))
      expect(sm2Verify(key, Buffer.from(text), signature)).toBe(true)
      expect(sm2Verify(key, Buffer.from(`${text}.`), signature)).toBe(false)
    }
  })

  it('opens what we encrypted, the point without its mark', () => {
    for (const at of rounds) {
      const { pair, own, text } = round(at)
      const sealed = sm2Encrypt(own.publicKey, Buffer.from(text), systemRandom, 'bare').toString('hex')
      expect(other.sm2.doDecrypt(sealed, pair.privateKey, c1c3c2)).toBe(text)
    }
  })

  it('encrypts what we open', () => {
    for (const at of rounds) {
      const { pair, own, text } = round(at)
      const sealed = other.sm2.doEncrypt(text, pair.publicKey, c1c3c2)
      expect(sm2Decrypt(own, hex(sealed), 'bare')?.toString()).toBe(text)
      expect(sm2Decrypt(own, hex(`04${sealed}`), 'marked')?.toString()).toBe(text)
    }
  })

  it('has the same SM3 and SM4', () => {
    for (const at of rounds) {
      const { text } = round(at)
      const key = randomBytes(16)
      expect(sm3(Buffer.from(text)).toString('hex')).toBe(other.sm3(text))
      const options = { mode: 'cbc', iv: zeroVector } as const
      const sealed = sealContent('sm4-cbc', key, text)
      expect(other.sm4.decrypt(Buffer.from(sealed, 'base64').toString('hex'), key.toString('hex'), options)).toBe(text)
      const theirs = hex(other.sm4.encrypt(text, key.toString('hex'), options)).toString('base64')
      expect(openContent('sm4-cbc', key, theirs)).toBe(text)
    }
  })
})
