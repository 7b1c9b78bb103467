import { html, type Markup } from '../markup.ts'
import type { Hospital } from './hospital.ts'
import type { Visit } from './visit.ts'

/** 登记台: a patient comes to be vaccinated (C 二（一）7). */
export function registerVaccination(hospital: Hospital, patientNo: string): Visit {
  const where = { department: '预防接种门诊', doctor: '罗雪', complaint: '疫苗接种' }
  return hospital.addVisit({ ...where, patientNo, kind: 'vaccination' })
}

/** Its form, beside the doctor's lists. */
export function vaccinationDesk(hospital: Hospital): Markup {
  return html`<details class="custom">
    <summary>登记台：疫苗接种</summary>
    <form class="inline" method="post" action="/${hospital.info.id}/doctor/vaccination">
      <label
        >患者<select name="patient">
          ${hospital.patients().map((one) => html`<option value="${one.patientNo}">${one.name}</option>`)}
        </select></label
      >
      <button class="plain">登记</button>
    </form>
  </details>`
}
