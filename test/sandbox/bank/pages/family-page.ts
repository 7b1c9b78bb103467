import { html, type Markup } from '../../markup.ts'
import { maskCertNo, maskName, maskPhone } from '../identity.ts'
import { MAX_SHARERS, type Customer } from '../people.ts'
import type { SharerForm, SharerRefusal } from '../desk/family.ts'
import { fact, field, problem } from './layout.ts'

/** Relations that a sharer can have to the principal. */
export const relations = ['配偶', '子女', '父母', '其他亲属'] as const

/** Why somebody cannot be added, in words for the principal. */
export const SHARER_REFUSAL_TEXT: Readonly<Record<SharerRefusal, string>> = {
  full: `最多 ${MAX_SHARERS} 位共享人，请先移除一位。`,
  self: '不能把自己加为共享人。',
  alreadyYours: '这位家人已经在您的共享人名单里。',
  elsewhere: '这位家人已经是别人的额度共享人，退出后才能加入。',
  signedUp: '这位家人自己签约了“信用就医”，解约后才能成为共享人。',
  mismatch: '姓名和身份证号码没有通过核验，请检查后再试。',
}

function sharerRow(sharer: Customer): Markup {
  return html`<li class="card">
    <p class="line"><strong>${maskName(sharer.name)}</strong><span>${sharer.relation ?? '亲属'}</span></p>
    <dl class="facts">
      ${fact('证件号码', maskCertNo(sharer.certNo))}
      ${fact('手机号码', sharer.phone === null ? '未登记' : maskPhone(sharer.phone))}
    </dl>
    <a
      class="button plain"
      href="/family/members/${sharer.memberNo ?? ''}/remove"
      aria-label="移除${maskName(sharer.name)}"
      >移除</a
    >
  </li>`
}

/** The principal's view of the family. */
export function principalFamily(sharers: readonly Customer[]): Markup {
  const full = sharers.length >= MAX_SHARERS
  return html`<p>家人就医可以用您的额度，由您统一还款。已添加 ${sharers.length} 位，最多 ${MAX_SHARERS} 位。</p>
    ${
      sharers.length > 0
        ? html`<ul class="people">
            ${sharers.map(sharerRow)}
          </ul>`
        : null
    }
    ${
      full
        ? html`<p class="note">${SHARER_REFUSAL_TEXT.full}</p>`
        : html`<a class="button main" href="/family/add">添加共享人</a>`
    }
    <nav class="menu" aria-label="相关"><a class="row" href="/uses">额度使用详情</a></nav>`
}

/** The sharer's view: whose quota it is, and how to leave. */
export function sharerFamily(principal: Customer): Markup {
  return html`<p class="card">您是${maskName(principal.name)}的额度共享人，就医时使用对方的额度，由对方还款。</p>
    <nav class="menu" aria-label="相关"><a class="row" href="/uses">我的使用详情</a></nav>
    <section class="card text">
      <h2>退出亲情付</h2>
      <p>退出后就医不再使用对方的额度。已经锁定或扣款的不受影响。</p>
      <form method="post" action="/family/leave" class="stack">
        <label class="check"><input type="checkbox" name="agree" value="yes" required /> <span>我确认退出</span></label>
        <button class="button danger">退出亲情付</button>
      </form>
    </section>`
}

/** What the principal has typed, with the field that is wrong. */
export interface AddState {
  readonly typed: SharerForm
  readonly wrong: { readonly field: keyof SharerForm | null; readonly text: string } | null
}

/** The form of C 二（二）: name, ID number, mobile, relation. */
export function addForm({ typed, wrong }: AddState, ownPhone: string): Markup {
  const is = (name: keyof SharerForm): boolean => wrong?.field === name
  return html`<p>填写家人的信息，确认后会向您本人的手机 ${ownPhone} 发送验证码。</p>
    ${problem(wrong?.text ?? null)}
    <form method="post" action="/family/add" class="stack">
      ${field('姓名', { name: 'name', value: typed.name, wrong: is('name'), attributes: html`autocomplete="off" maxlength="30"` })}
      ${field('身份证号码', {
        name: 'certNo',
        value: typed.certNo,
        hint: '演示环境只接受 99 开头的虚构号码',
        wrong: is('certNo'),
        attributes: html`autocomplete="off" maxlength="18" autocapitalize="characters"`,
      })}
      ${field('手机号码', {
        name: 'phone',
        value: typed.phone,
        hint: '添加成功后会短信告知对方',
        wrong: is('phone'),
        attributes: html`type="tel" inputmode="numeric" autocomplete="off" maxlength="11"`,
      })}
      <fieldset>
        <legend>与您的关系</legend>
        ${relations.map(
          (one) =>
            html`<label class="check"
              ><input
                type="radio"
                name="relation"
                value="${one}"
                required
                ${one === typed.relation ? html`checked` : null}
              />
              <span>${one}</span></label
            >`,
        )}
      </fieldset>
      <button class="button main">下一步，获取验证码</button>
    </form>`
}

/** The question before somebody is taken out. */
export function removeForm(sharer: Customer): Markup {
  return html`<section class="card text">
      <p>
        移除${maskName(sharer.name)}（${sharer.relation ?? '亲属'}）后，对方就医不再使用您的额度。已经锁定或扣款的不受影响，仍由您还款。
      </p>
    </section>
    <form method="post" action="/family/members/${sharer.memberNo ?? ''}/remove">
      <button class="button danger">确认移除</button>
    </form>
    <a class="button plain" href="/family">不移除</a>`
}
