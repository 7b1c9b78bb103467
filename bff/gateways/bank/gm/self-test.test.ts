import { getCiphers, getCurves, getHashes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { selfTest } from './self-test.ts'
import { standardVectors, type StandardVectors } from './vectors.ts'

const hashes = getHashes()
const ciphers = getCiphers()
const curves = getCurves()
/** The same bytes but for the last bit. */
function other(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes)
  changed.writeUInt8((changed.at(-1) ?? 0) ^ 1, changed.length - 1)
  return changed
}
const { sm3: digests, sm4, signature, encryption, foreign } = standardVectors

describe('the self-test of 国密', () => {
  it('finds every standard answer on this machine', () => {
    expect(() => selfTest()).not.toThrow()
  })

  it.each<[string, Partial<StandardVectors>]>([
    ['SM3', { sm3: digests.map((one) => ({ ...one, digest: other(one.digest) })) }],
    ['SM4', { sm4: { ...sm4, sealed: other(sm4.sealed) } }],
    ['the SM2 key', { signature: { ...signature, publicKey: Buffer.from(foreign.publicKey) } }],
    ['the SM2 key', { signature: { ...signature, z: other(signature.z) } }],
    ['SM2 signing', { signature: { ...signature, r: signature.r + 1n } }],
    ['SM2 signing', { signature: { ...signature, s: signature.s + 1n } }],
    ['SM2 signing', { signature: { ...signature, message: Buffer.from('message') } }],
    ['SM2 verifying another implementation', { foreign: { ...foreign, message: `${foreign.message} ` } }],
    ['SM2 encryption', { encryption: { ...encryption, sealed: other(encryption.sealed) } }],
    ['SM2 encryption', { encryption: { ...encryption, message: Buffer.from('encryption standart') } }],
  ])('stops the process when %s answers otherwise', (name, wrong) => {
    expect(() => selfTest({ ...standardVectors, ...wrong })).toThrow(`${name} does not give the standard's answer`)
  })

  it.each([
    ['sm3', { hashes: hashes.filter((one) => one !== 'sm3'), ciphers, curves }],
    ['sm4-cbc', { hashes, ciphers: ciphers.filter((one) => one !== 'sm4-cbc'), curves }],
    ['SM2', { hashes, ciphers, curves: curves.filter((one) => one !== 'SM2') }],
  ])('stops the process when the build has no %s', (name, offered) => {
    expect(() => selfTest(standardVectors, offered)).toThrow(`does not offer ${name}`)
  })
})
