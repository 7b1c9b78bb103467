import { z } from 'zod'
import { Card } from './cards.ts'
import { Instant } from './primitives.ts'

/** What the signed-in account may see at once: its cards. */
export const Session = z.object({ cards: z.array(Card), expiresAtMs: Instant, nowMs: Instant }).meta({ id: 'Session' })
/** WeChat: the code of `wx.login`. */
export const OpenSession = z.object({ code: z.string().min(1).max(128) }).meta({ id: 'OpenSession' })
/** WeChat only; the H5 session lives in an HttpOnly cookie. */
export const OpenedSession = z.object({ token: z.string(), expiresAtMs: Instant }).meta({ id: 'OpenedSession' })

export type Session = z.infer<typeof Session>
export type OpenSession = z.infer<typeof OpenSession>
export type OpenedSession = z.infer<typeof OpenedSession>
