import { Hono, type Context } from 'hono'
import type { SandboxRandom } from '../random.ts'
import type { CodeSource, LoginCodes } from './login-codes.ts'

/** The account that may ask, and what it asks with. */
export interface SnsOptions {
  readonly appId: string
  readonly appSecret: string
  readonly random: SandboxRandom
}

type Problem = readonly [errcode: number, errmsg: string]

const CODE_PROBLEMS = { used: [40163, 'code been used'], invalid: [40029, 'invalid code'] } as const

/** What is wrong with the request before its code is looked at, in WeChat's order. */
function wrongWith(c: Context, { appId, appSecret }: SnsOptions, codeName: string): Problem | null {
  const given = (name: string): string => c.req.query(name) ?? ''
  if (given('appid') === '') return [41002, 'appid missing']
  if (given('appid') !== appId) return [40013, 'invalid appid']
  if (given('secret') === '') return [41004, 'appsecret missing']
  if (given('secret') !== appSecret) return [40125, 'invalid appsecret']
  if (given('grant_type') !== 'authorization_code') return [40002, 'invalid grant_type']
  return given(codeName) === '' ? [41008, 'missing code'] : null
}

/** WeChat answers 200 to everything; a problem carries the number of the request. */
function refuse(c: Context, [errcode, errmsg]: Problem, random: SandboxRandom): Response {
  const rid = [0, 1, 2].map(() => random.bytes(4).toString('hex')).join('-')
  return c.json({ errcode, errmsg: `${errmsg}, rid: ${rid}` })
}

/** The two interfaces that turn a code into an openid; success has no `errcode`. */
export function snsRoutes(options: SnsOptions, codes: LoginCodes): Hono {
  const app = new Hono()
  const { random } = options
  const exchange = (path: string, codeName: string, source: CodeSource, answer: (openid: string) => object) =>
    app.get(path, (c) => {
      const problem = wrongWith(c, options, codeName)
      if (problem) return refuse(c, problem, random)
      const redeemed = codes.redeem(c.req.query(codeName) ?? '', source)
      return redeemed.is === 'openid' ? c.json(answer(redeemed.openid)) : refuse(c, CODE_PROBLEMS[redeemed.is], random)
    })
  exchange('/sns/oauth2/access_token', 'code', 'oauth', (openid) => ({
    access_token: random.bytes(24).toString('base64url'),
    expires_in: 7200,
    refresh_token: random.bytes(24).toString('base64url'),
    openid,
    scope: 'snsapi_base',
  }))
  exchange('/sns/jscode2session', 'js_code', 'login', (openid) => ({
    session_key: random.bytes(16).toString('base64'),
    openid,
  }))
  return app
}
