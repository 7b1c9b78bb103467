import { and, eq, gt, isNull } from 'drizzle-orm'
import type { AppContext } from '../../context.ts'
import { query, statement, text, type Unit } from '../../db/unit.ts'
import { Refusal } from '../../http/refusal.ts'
import { newId } from '../../ports/ids.ts'
import { session } from './schema.ts'

const h5LifeMs = 12 * 3_600_000
const weappLifeMs = 2 * 3_600_000

const findAccount = statement('select id from account where openid_hash = :hash')
const insertAccount = statement('insert into account (id, openid_hash, created_at) values (:id, :hash, :at)')
const insertSession = statement(
  'insert into session (id, account_id, created_at, expires_at) values (:id, :accountId, :at, :expiresAt)',
)
const revokeSession = statement('update session set revoked_at = :at where id = :id and revoked_at is null')

/** A session that has just begun. */
export interface Opened {
  readonly token: string
  readonly expiresAtMs: number
}

/** Signs the holder of a WeChat code in: the account of that openid, created at its first sign-in. */
export async function openSession(x: AppContext, code: string, from: 'h5' | 'weapp'): Promise<Opened> {
  const openId = from === 'h5' ? await x.wechat.openIdOfOauthCode(code) : await x.wechat.openIdOfLoginCode(code)
  if (openId === undefined) throw new Refusal(401, 'SESSION_CODE_INVALID')
  const nowMs = x.clock.now()
  const expiresAtMs = nowMs + (from === 'h5' ? h5LifeMs : weappLifeMs)
  const sessionId = await x.store.run(() => begin(x, openId, nowMs, expiresAtMs))
  return { token: await x.sessions.sign({ sid: sessionId }, expiresAtMs), expiresAtMs }
}

function* begin(x: AppContext, openId: string, at: number, expiresAt: number): Unit<string> {
  const hash = x.vault.hash('openid', openId)
  const [found] = yield* query(findAccount, { hash })
  const accountId = found ? text(found, 'id') : newId(x.random, 'acc')
  if (!found) yield* query(insertAccount, { id: accountId, hash, at })
  const id = newId(x.random, 'ses')
  yield* query(insertSession, { id, accountId, at, expiresAt })
  return id
}

/** The account of a session token that is in force. */
export async function readSession(
  x: AppContext,
  token: string,
): Promise<{ sessionId: string; accountId: string; expiresAtMs: number } | undefined> {
  const sid = await x.sessions.read(token, 'sid')
  if (sid === undefined) return undefined
  const [row] = await x.reader
    .select({ accountId: session.accountId, expiresAt: session.expiresAt })
    .from(session)
    .where(and(eq(session.id, sid), isNull(session.revokedAt), gt(session.expiresAt, x.clock.now())))
  return row && { sessionId: sid, accountId: row.accountId, expiresAtMs: row.expiresAt }
}

export async function closeSession(x: AppContext, sessionId: string): Promise<void> {
  await x.store.run(function* () {
    yield* query(revokeSession, { id: sessionId, at: x.clock.now() })
  })
}
