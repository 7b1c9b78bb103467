import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrateSqlite } from '../db/migrate.ts'
import { openSqlite, sqliteStore } from '../db/sqlite.ts'
import type { Store } from '../db/store.ts'
import { query, statement } from '../db/unit.ts'
import { systemRandom } from '../ports/system.ts'
import { keyedHash, seal, unseal } from './seal.ts'
import { Erased, Vault, type Identity } from './vault.ts'

const key = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

describe('a sealed text', () => {
  const owner = 'per_1/name'
  const sealed = seal(key(1), systemRandom, owner, '欧阳小明')

  it('opens with the same key and owner', () => {
    expect(unseal(key(1), owner, sealed)).toBe('欧阳小明')
    expect(unseal(key(1), owner, seal(key(1), systemRandom, owner, ''))).toBe('')
  })

  it('looks different every time', () => {
    expect(seal(key(1), systemRandom, owner, '欧阳小明')).not.toBe(sealed)
  })

  it.each([
    ['another key', key(2), owner],
    ['another person', key(1), 'per_2/name'],
    ['another field', key(1), 'per_1/idNumber'],
    ['no owner', key(1), ''],
  ])('does not open for %s', (_, other, belongsTo) => {
    expect(() => unseal(other, belongsTo, sealed)).toThrow('unable to authenticate')
  })

  it('does not open when any byte was changed', () => {
    const bytes = Buffer.from(sealed, 'base64')
    for (let at = 0; at < bytes.length; at++) {
      const tampered = Buffer.from(bytes)
      tampered[at] = (tampered[at] ?? 0) ^ 1
      expect(() => unseal(key(1), owner, tampered.toString('base64')), `byte ${at}`).toThrow()
    }
  })

  it('does not open when it was cut short', () => {
    const bytes = Buffer.from(sealed, 'base64')
    for (const length of [0, 5, 12, 28, bytes.length - 1]) {
      expect(() => unseal(key(1), owner, bytes.subarray(0, length).toString('base64')), String(length)).toThrow()
    }
  })
})

describe('a keyed hash', () => {
  it('depends on key, purpose and value, and on nothing else', () => {
    expect(keyedHash(key(1), 'person', 'v')).toBe(keyedHash(key(1), 'person', 'v'))
    const others = [
      keyedHash(key(2), 'person', 'v'),
      keyedHash(key(1), 'openid', 'v'),
      keyedHash(key(1), 'person', 'w'),
    ]
    expect(others).not.toContain(keyedHash(key(1), 'person', 'v'))
    expect(new Set(others).size).toBe(3)
  })
})

describe('the vault', () => {
  const keys = { masterKey: key(7), masterKeyId: 'master-1', hashKey: key(8) }
  const chen: Identity = { name: '陈小静', idNumber: '990101198803120020' }
  const li: Identity = { name: '李小晓', idNumber: '990104200609200069' }
  let folder: string
  let store: Store
  let vault: Vault
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'paycare-vault-'))
    const connection = openSqlite(join(folder, 'v.sqlite'))
    migrateSqlite(connection)
    store = sqliteStore(connection)
    vault = new Vault(keys, systemRandom)
  })
  afterEach(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const put = (identity: Identity): Promise<string> => store.run(() => vault.personOf(identity, 1))
  const open = (id: string): Promise<Identity> => store.read(() => vault.identityOf(id))

  it('finds the same person again by name and ID number', async () => {
    const id = await put(chen)
    expect(await put({ ...chen })).toBe(id)
    expect(await open(id)).toEqual(chen)
    expect(await store.read(() => query(statement('select count(*) as n from person'), {}))).toEqual([{ n: 1 }])
  })

  it('takes another name or another number for another person', async () => {
    const ids = [await put(chen), await put({ ...chen, name: '陈小净' }), await put({ ...chen, idNumber: li.idNumber })]
    expect(new Set(ids).size).toBe(3)
  })

  it('gives each person a key of its own: one opens nothing of another', async () => {
    const [a, b] = [await put(chen), await put(li)]
    const sealed = await store.read(() => vault.seal(a, 'agreement', 'CM2026990000000001'))
    expect(await store.read(() => vault.open(a, 'agreement', sealed))).toBe('CM2026990000000001')
    await expect(store.read(() => vault.open(b, 'agreement', sealed))).rejects.toThrow()
    await expect(store.read(() => vault.open(a, 'patientNo', sealed))).rejects.toThrow()
    await expect(store.read(() => vault.seal('per_nobody', 'agreement', 'x'))).rejects.toBeInstanceOf(Erased)
  })

  it('seals what belongs to nobody with a key of its purpose, which opens nothing else', async () => {
    const sealed = vault.sealFor('inbox', 'in_1', chen.name)
    expect(sealed).not.toContain(chen.name)
    expect(vault.openFor('inbox', 'in_1', sealed)).toBe(chen.name)
    expect(() => vault.openFor('other', 'in_1', sealed)).toThrow('unable to authenticate')
    expect(() => vault.openFor('inbox', 'in_2', sealed)).toThrow('unable to authenticate')
    const stranger = new Vault({ ...keys, masterKey: key(9) }, systemRandom)
    expect(() => stranger.openFor('inbox', 'in_1', sealed)).toThrow('unable to authenticate')
    expect(() => unseal(keys.masterKey, 'inbox/in_1', sealed)).toThrow('unable to authenticate')
  })

  it('opens nothing under another master key', async () => {
    const id = await put(chen)
    const stranger = new Vault({ ...keys, masterKey: key(9) }, systemRandom)
    await expect(store.read(() => stranger.identityOf(id))).rejects.toThrow('unable to authenticate')
  })

  it('does not open a key that was moved to another person', async () => {
    const [a, b] = [await put(chen), await put(li)]
    const move = statement(
      'update data_key set wrapped = (select wrapped from data_key where person_id = :a) where person_id = :b',
    )
    await store.run(() => query(move, { a, b }))
    await expect(open(b)).rejects.toThrow('unable to authenticate')
  })

  it('leaves no identity in the bytes of the database', async () => {
    const id = await put(chen)
    await store.run(() => vault.seal(id, 'agreement', 'CM2026990000000001'))
    const control = '张小控'
    await store.run(() =>
      query(statement('insert into account (id, openid_hash, created_at) values (:id, :hash, 1)'), {
        id: 'acc_1',
        hash: `${control}/${Buffer.from(control).toString('base64')}/${Buffer.from(control).toString('hex')}`,
      }),
    )
    const bytes = Buffer.concat(['v.sqlite', 'v.sqlite-wal'].map((name) => readFileSync(join(folder, name))))
    const forms = (secret: string): string[] => {
      const raw = Buffer.from(secret)
      return [secret, raw.toString('base64'), raw.toString('hex')]
    }
    for (const form of forms(control)) expect(bytes.includes(form), `control ${form}`).toBe(true)
    const secrets = [chen.name, chen.idNumber, 'CM2026990000000001', Buffer.from(keys.masterKey).toString('latin1')]
    for (const secret of secrets) for (const form of forms(secret)) expect(bytes.includes(form), form).toBe(false)
  })

  it('forgets a person whose key row is deleted, and only that person', async () => {
    const [a, b] = [await put(chen), await put(li)]
    const sealed = await store.read(() => vault.seal(a, 'agreement', 'CM2026990000000001'))
    await store.run(() => query(statement('delete from data_key where person_id = :id'), { id: a }))
    await expect(open(a)).rejects.toBeInstanceOf(Erased)
    await expect(store.read(() => vault.open(a, 'agreement', sealed))).rejects.toBeInstanceOf(Erased)
    expect(await open(b)).toEqual(li)
  })
})
