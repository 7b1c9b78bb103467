import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sm2Decrypt, sm2Encrypt } from '@paycare/bff/gateways/bank/gm/sm2-encryption.ts'
import { sm2PrivateKey } from '@paycare/bff/gateways/bank/gm/sm2-key.ts'
import { sm2Sign, sm2Verify } from '@paycare/bff/gateways/bank/gm/sm2-signature.ts'
import { systemRandom } from '@paycare/bff/ports/system.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromAsn1, toAsn1 } from './sm2-asn1.ts'

const userId = 'distid:1234567812345678'
const message = Buffer.from('/api/creditMed/lock/v1?app_id=app202611210001&biz_content={"name":"陈静"}')

let folder: string
let keyFile: string
let publicFile: string
let key: ReturnType<typeof sm2PrivateKey>
const openssl = (...args: readonly string[]): Buffer => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
function file(name: string, content: Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return name
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'paycare-openssl-'))
  keyFile = 'key.pem'
  publicFile = 'public.pem'
  try {
    openssl('genpkey', '-algorithm', 'SM2', '-out', keyFile)
  } catch (cause) {
    throw new Error('this test needs the openssl command of OpenSSL 3 with SM2 (on Debian: apt install openssl)', {
      cause,
    })
  }
  openssl('pkey', '-in', keyFile, '-pubout', '-out', publicFile)
  // In the bare form of the key (SEC 1) the 32 bytes stand behind version and length.
  const bare = openssl('ec', '-in', keyFile, '-outform', 'DER', '-no_public')
  key = sm2PrivateKey(bare.subarray(7, 39))
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('the openssl command', () => {
  it('has the same public key', () => {
    const spki = openssl('pkey', '-in', keyFile, '-pubout', '-outform', 'DER')
    expect(Buffer.from(key.publicKey.raw)).toEqual(spki.subarray(-65))
  })

  it('verifies what we signed, and not under another user', () => {
    const signature = file('ours.der', sm2Sign(key, message, systemRandom))
    const text = file('text', message)
    const verify = (user: string) =>
      openssl('dgst', '-sm3', '-verify', publicFile, '-sigopt', user, '-signature', signature, text)
    expect(verify(userId).toString()).toContain('Verified OK')
    expect(() => verify('distid:somebody')).toThrow('Command failed')
  })

  it('signs what we verify, and not under another user', () => {
    const text = file('text', message)
    const sign = (user: string) => openssl('dgst', '-sm3', '-sign', keyFile, '-sigopt', user, text)
    expect(sm2Verify(key.publicKey, message, sign(userId))).toBe(true)
    expect(sm2Verify(key.publicKey, message, sign('distid:somebody'))).toBe(false)
  })

  it('opens what we encrypted', () => {
    const sealed = file('ours.sealed', toAsn1(sm2Encrypt(key.publicKey, message, systemRandom, 'marked')))
    expect(openssl('pkeyutl', '-decrypt', '-inkey', keyFile, '-in', sealed)).toEqual(message)
  })

  it('encrypts what we open', () => {
    const text = file('text', message)
    const sealed = openssl('pkeyutl', '-encrypt', '-pubin', '-inkey', publicFile, '-in', text)
    expect(sm2Decrypt(key, fromAsn1(sealed), 'marked')).toEqual(message)
  })
})
