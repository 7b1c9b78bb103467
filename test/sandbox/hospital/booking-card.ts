import { date8 } from '../day.ts'
import { html, yuan, type Markup } from '../markup.ts'
import type { Hospital } from './hospital.ts'
import { feeOf, type Registration } from './registration.ts'

const PAYMENT_TEXT = {
  none: '还没有支付',
  credit: '“信用就医”额度已锁定',
  creditPaid: '已由“信用就医”额度支付',
  desk: '已在网上普通支付',
} as const

/** Booked for a day that has not come yet. */
export const isEarly = (hospital: Hospital, booking: Registration): boolean =>
  (booking.place?.session.day ?? '') > date8(hospital.now())

/** Instead of the question at the window: what the patient chose online, and the start of the consultation. */
export function bookingCard(hospital: Hospital, visitNo: string, booking: Registration): Markup {
  const { registrationNo, guide, payment } = booking
  return html`<section class="card ask-card" aria-labelledby="booking-title">
    <h3 id="booking-title">网上预约</h3>
    <p class="ask">挂号费 ${yuan(feeOf(booking))}，${PAYMENT_TEXT[payment]}</p>
    <p class="dim">预约号 ${guide?.bookingNo ?? ''} · 候诊号 ${guide?.queueNo ?? ''}</p>
    ${isEarly(hospital, booking) ? html`<p class="dim">还没到预约的日子，演示时可以提前开始。</p>` : null}
    <form class="row" method="post" action="/${hospital.info.id}/doctor/start">
      <input type="hidden" name="visit" value="${visitNo}" /><input
        type="hidden"
        name="registration"
        value="${registrationNo}"
      />
      <button class="main">开始就诊</button>
    </form>
  </section>`
}
