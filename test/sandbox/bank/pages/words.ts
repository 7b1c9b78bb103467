import type { CodeAnswer } from '../sms-codes.ts'
import type { JumpRefusal } from './entrance.ts'

/** No further code for this action. */
export const NO_MORE_CODES = '验证码发送次数已用完，请回到医院重新进入后再试。'

/** What a wrong code leads to. */
export const CODE_TEXT: Readonly<Record<Exclude<CodeAnswer, 'right'>, string>> = {
  wrong: '验证码不对，请再试一次。',
  renewed: '验证码已失效，新的验证码已发送。',
  blocked: NO_MORE_CODES,
}

/** Why a jump was turned away, in words for the person who stands there; `status` is the HTTP status. */
export const JUMP_REFUSAL: Readonly<Record<JumpRefusal, { readonly status: 400 | 403 | 410; readonly text: string }>> =
  {
    malformed: { status: 400, text: '链接不完整。' },
    badSignature: { status: 403, text: '链接没有通过安全校验。' },
    unknownKey: { status: 403, text: '链接没有通过安全校验。' },
    cannotDecrypt: { status: 400, text: '链接内容无法读取。' },
    expired: { status: 410, text: '链接已过期，5 分钟内有效。' },
    replayed: { status: 410, text: '这个链接已经用过了，每个链接只能打开一次。' },
    merchantUnknown: { status: 403, text: '这家医疗机构没有开通“信用就医”。' },
    returnForbidden: { status: 403, text: '返回地址没有登记，为了您的安全不能打开。' },
    notFictitious: { status: 403, text: '演示银行只接受虚构的身份证号码（99 开头）。' },
    identityMismatch: { status: 403, text: '姓名和证件号码没有通过核验。' },
  }

/** `20261223` → 2026 年 12 月 23 日. */
export const spokenDate = (day: string): string =>
  `${day.slice(0, 4)} 年 ${Number(day.slice(4, 6))} 月 ${Number(day.slice(6))} 日`
