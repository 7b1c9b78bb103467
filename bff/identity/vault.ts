import { hkdfSync } from 'node:crypto'
import { query, statement, text, type Unit } from '../db/unit.ts'
import type { Randomness } from '../ports/clock.ts'
import { newId } from '../ports/ids.ts'
import { keyedHash, seal, unseal } from './seal.ts'

/** A resident's identity in clear. It lives in memory only, inside the call that needs it. */
export interface Identity {
  readonly name: string
  readonly idNumber: string
}

export interface IdentityKeys {
  /** Wraps the data keys; 32 bytes, never in the database. */
  readonly masterKey: Uint8Array
  readonly masterKeyId: string
  /** Keys the look-up hashes; 32 bytes, apart from the master key. */
  readonly hashKey: Uint8Array
}

const findPerson = statement('select id from person where id_hash = :idHash')
const insertPerson = statement(
  `insert into person (id, id_hash, name_sealed, id_number_sealed, created_at)
   values (:id, :idHash, :name, :idNumber, :at)`,
)
const readPerson = statement('select name_sealed, id_number_sealed from person where id = :id')
const insertKey = statement(
  'insert into data_key (person_id, wrapped, master_key_id) values (:id, :wrapped, :masterKeyId)',
)
const readKey = statement('select wrapped from data_key where person_id = :id')

/** The person's data key is deleted: what was sealed with it cannot be read any more. */
export class Erased extends Error {
  override readonly name = 'Erased'
}

/** Seals identities, one data key per person (architecture rule 8). */
export class Vault {
  readonly #keys: IdentityKeys
  readonly #random: Randomness
  constructor(keys: IdentityKeys, random: Randomness) {
    this.#keys = keys
    this.#random = random
  }

  /** Keyed hash of a number that is looked up but never read back (openid, ID number). */
  hash(purpose: string, value: string): string {
    return keyedHash(this.#keys.hashKey, purpose, value)
  }

  /** The person with this name and ID number; stored, sealed, when new. */
  *personOf(identity: Identity, atMs: number): Unit<string> {
    const idHash = this.hash('person', `${identity.idNumber}\n${identity.name}`)
    const [found] = yield* query(findPerson, { idHash })
    if (found) return text(found, 'id')
    const id = newId(this.#random, 'per')
    const key = this.#random.bytes(32)
    const sealed = (field: string, plain: string): string => seal(key, this.#random, `${id}/${field}`, plain)
    const name = sealed('name', identity.name)
    const idNumber = sealed('idNumber', identity.idNumber)
    yield* query(insertPerson, { id, idHash, name, idNumber, at: atMs })
    const wrapped = seal(this.#keys.masterKey, this.#random, `key/${id}`, Buffer.from(key).toString('base64'))
    yield* query(insertKey, { id, wrapped, masterKeyId: this.#keys.masterKeyId })
    return id
  }

  *identityOf(personId: string): Unit<Identity> {
    const key = yield* this.#keyOf(personId)
    const [row] = yield* query(readPerson, { id: personId })
    if (!row) throw new Erased(personId)
    return {
      name: unseal(key, `${personId}/name`, text(row, 'name_sealed')),
      idNumber: unseal(key, `${personId}/idNumber`, text(row, 'id_number_sealed')),
    }
  }

  /** Seals a text that belongs to a person: agreement numbers, patient numbers, contents of calls. */
  *seal(personId: string, field: string, plain: string): Unit<string> {
    return seal(yield* this.#keyOf(personId), this.#random, `${personId}/${field}`, plain)
  }

  *open(personId: string, field: string, sealed: string): Unit<string> {
    return unseal(yield* this.#keyOf(personId), `${personId}/${field}`, sealed)
  }

  /**
   * Seals a text that belongs to no person of ours: a pushed message may name people whom nobody has bound, so there is no data key to seal it
   * with. Each purpose has a key of its own, derived from the master key: what wraps keys seals nothing else, and one purpose opens nothing of
   * another.
   */
  sealFor(purpose: string, id: string, plain: string): string {
    return seal(this.#keyFor(purpose), this.#random, `${purpose}/${id}`, plain)
  }

  openFor(purpose: string, id: string, sealed: string): string {
    return unseal(this.#keyFor(purpose), `${purpose}/${id}`, sealed)
  }

  #keyFor(purpose: string): Uint8Array {
    return new Uint8Array(hkdfSync('sha256', this.#keys.masterKey, '', `paycare/${purpose}`, 32))
  }

  *#keyOf(personId: string): Unit<Uint8Array> {
    const [row] = yield* query(readKey, { id: personId })
    if (!row) throw new Erased(personId)
    return Buffer.from(unseal(this.#keys.masterKey, `key/${personId}`, text(row, 'wrapped')), 'base64')
  }
}
