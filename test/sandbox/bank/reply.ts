import { messageOf } from './codes.ts'
import { dateTime14 } from '../day.ts'
import type { AnswerBody } from './operations.ts'

/** Status of the business layer: success, failed, in processing. */
export type ResponseStatus = 'S' | 'F' | 'P'

/** The text of `rsp_biz_content`, Chinese and `/` unescaped; `response_status` tells the business outcome (bank.md §2.1). */
export function businessReply(
  api: string,
  status: ResponseStatus,
  code: string,
  body: AnswerBody,
  nowMs: number,
): string {
  return replyText(api, 'S', status, code, body, nowMs)
}

/** A refusal before business, or a time-out that the adapter reports: `biz_state` itself is F (bank.md §6.1). */
export function gatewayReply(api: string, code: string, nowMs: number): string {
  return replyText(api, 'F', 'F', code, {}, nowMs)
}

function replyText(
  api: string,
  bizState: 'S' | 'F',
  status: ResponseStatus,
  code: string,
  body: AnswerBody,
  nowMs: number,
): string {
  const message = messageOf(code)
  return JSON.stringify({
    biz_state: bizState,
    rsp_code: bizState === 'F' ? code : null,
    rsp_msg: bizState === 'F' ? message : null,
    rsp_head: {
      trans_code: api,
      response_code: code,
      response_status: status,
      response_time: dateTime14(nowMs),
      response_msg: message,
    },
    rsp_body: body,
  })
}
