import { html, yuan, type Markup } from '../../markup.ts'
import { maskCertNo, maskName, type Identity } from '../identity.ts'
import { OFFER_LIMIT_FEN, type Decision, type Refusal } from '../desk/signup.ts'
import { fact, field, problem } from './layout.ts'

/** Who applies and what is offered. */
export function offer(identity: Identity, hospital: string, ended: boolean): Markup {
  return html`${ended ? html`<p class="note">您的“信用就医”已解约，可以重新申请。</p>` : null}
    <section class="card quota" aria-label="可申请额度">
      <p>可申请额度</p>
      <p class="amount">${yuan(OFFER_LIMIT_FEN)}</p>
      <p class="hint">以审核结果为准，不用不收费</p>
    </section>
    <dl class="card facts">
      ${fact('申请人', maskName(identity.name))} ${fact('证件号码', maskCertNo(identity.certNo))}
      ${fact('就医机构', hospital)}
    </dl>
    <section class="card">
      <h2>怎么用</h2>
      <ol class="steps">
        <li>就医时由医院锁定费用，看完再扣，不用排队交费。</li>
        <li>每月 25 日出账，下月 23 日前后还款，最长 59 天免息。</li>
        <li>可以和最多 8 位家人共用额度（亲情付）。</li>
      </ol>
    </section>
    <a class="button main" href="/apply/consent">申请开通</a>`
}

/** What the person agrees to: who processes which data for what. */
export function consent(hospital: string, asksPhone: boolean, typed: { phone: string; wrong: string | null }): Markup {
  return html`${problem(typed.wrong)}
    <section class="card text" aria-labelledby="consent-title">
      <h2 id="consent-title">个人信息使用授权书</h2>
      <p>为审核和提供“信用就医”，本行需要处理您的以下个人信息：</p>
      <ul>
        <li>姓名、身份证号码、手机号码，用于核验身份和联系您；</li>
        <li>您在${hospital}等合作医疗机构使用“信用就医”的时间、机构名称和金额，用于锁定、扣款、退款和还款提醒；</li>
        <li>您在本行的信用记录，用于审核额度。</li>
      </ul>
      <p>本行不会取得您的诊断、用药和检查内容。审核结果和协议编号会告知${hospital}，用于为您办理结算。</p>
      <p>不同意授权将无法开通“信用就医”，不影响您用其他方式付费就医。开通后可以随时解约，撤回授权。</p>
    </section>
    <form method="post" action="/apply/consent" class="stack">
      ${
        asksPhone
          ? field('手机号码', {
              name: 'phone',
              value: typed.phone,
              hint: '接收验证码和还款提醒',
              wrong: typed.wrong !== null,
              attributes: html`type="tel" inputmode="numeric" autocomplete="tel" maxlength="11" pattern="1[0-9]{10}"`,
            })
          : null
      }
      <label class="check"
        ><input type="checkbox" name="agree" value="yes" required /> <span>我已阅读并同意以上授权</span></label
      >
      <button class="button main">同意并获取验证码</button>
    </form>`
}

const REFUSAL_TEXT: Readonly<Record<Refusal, string>> = {
  minor: '未满 18 周岁不能自己签约。可以请家长开通后，把您加为额度共享人（亲情付）。',
  refused: '根据综合评估，暂时不能为您开通。以后可以再来申请。',
}

/** Signed, or not this time. */
export function outcome(decision: Decision, hospital: string): Markup {
  if (!decision.signed) {
    return html`<section class="card result" role="status">
      <p class="state wait">申请未通过</p>
      <p>${REFUSAL_TEXT[decision.reason]}</p>
      <p class="hint">您仍可以在${hospital}用其他方式付费，挂号和就诊不受影响。</p>
    </section>`
  }
  return html`<section class="card result" role="status">
      <p class="state good">签约成功</p>
      <dl class="facts">
        ${fact('额度', yuan(decision.limitFen))} ${fact('协议尾号', decision.agreementNo.slice(-4))}
      </dl>
      <p>回到${hospital}后，挂号和就诊时确认使用“信用就医”即可。</p>
    </section>
    <a class="button plain" href="/account">查看额度</a>`
}
