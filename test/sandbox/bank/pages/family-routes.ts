import { Hono } from 'hono'
import {
  addSharer,
  leaveFamily,
  removeSharer,
  sharerByNumber,
  sharerRefusal,
  type SharerForm,
  type SharerRefusal,
} from '../desk/family.ts'
import type { Standing } from '../desk/parts.ts'
import { isFictitious, maskName, maskPhone } from '../identity.ts'
import {
  addForm,
  principalFamily,
  relations,
  removeForm,
  SHARER_REFUSAL_TEXT,
  sharerFamily,
  type AddState,
} from './family-page.ts'
import { codeForm } from './layout.ts'
import { guarded, type PagesParts, type PageVisit } from './visit.ts'
import { CODE_TEXT, NO_MORE_CODES } from './words.ts'

type Principal = Extract<Standing, { kind: 'principal' }>

const NOTHING: SharerForm = { name: '', certNo: '', phone: '', relation: '' }
const WRONG_FIELD: Readonly<Record<SharerRefusal, keyof SharerForm | null>> = {
  full: null,
  self: 'certNo',
  alreadyYours: 'certNo',
  elsewhere: 'certNo',
  signedUp: 'certNo',
  mismatch: 'certNo',
}

const keyOf = (visit: PageVisit): string => `${visit.session.id}/family`

function mistakeIn({ name, certNo, phone, relation }: SharerForm): AddState['wrong'] {
  if (!/^[\p{Script=Han}·a-zA-Z ]{2,30}$/u.test(name)) return { field: 'name', text: '请填写家人的姓名。' }
  if (!isFictitious(certNo)) return { field: 'certNo', text: '身份证号码不对，演示环境只接受 99 开头的虚构号码。' }
  if (!/^1\d{10}$/.test(phone)) return { field: 'phone', text: '请填写 11 位手机号码。' }
  return relations.some((one) => one === relation) ? null : { field: 'relation', text: '请选择与您的关系。' }
}

function addPage(visit: PageVisit, principal: Principal, state: AddState): Response {
  const phone = maskPhone(principal.customer.phone ?? '')
  return visit.show('添加共享人', addForm(state, phone), { back: '/family', status: state.wrong === null ? 200 : 422 })
}

async function askToAdd(parts: PagesParts, visit: PageVisit, principal: Principal): Promise<Response> {
  const typed: SharerForm = {
    name: await visit.typed('name'),
    certNo: (await visit.typed('certNo')).toUpperCase(),
    phone: await visit.typed('phone'),
    relation: await visit.typed('relation'),
  }
  const refusal = sharerRefusal(visit.desk.core, principal, typed)
  const wrong = mistakeIn(typed) ?? (refusal && { field: WRONG_FIELD[refusal], text: SHARER_REFUSAL_TEXT[refusal] })
  if (wrong) return addPage(visit, principal, { typed, wrong })
  const { phone } = principal.customer
  if (phone === null)
    return addPage(visit, principal, { typed, wrong: { field: null, text: '您没有登记手机号码，无法验证。' } })
  if (!parts.codes.send(keyOf(visit), phone, `添加${maskName(typed.name)}为额度共享人`)) {
    return addPage(visit, principal, { typed, wrong: { field: null, text: NO_MORE_CODES } })
  }
  visit.session.sharer = typed
  return visit.go('/family/code')
}

function codePage(visit: PageVisit, principal: Principal, wrong: string | null): Response {
  if (!visit.session.sharer) return visit.go('/family/add')
  const body = codeForm('/family/code', maskPhone(principal.customer.phone ?? ''), wrong)
  return visit.show('短信验证', body, { back: '/family/add', status: wrong === null ? 200 : 422 })
}

async function bind(parts: PagesParts, visit: PageVisit, principal: Principal): Promise<Response> {
  const typed = visit.session.sharer
  if (!typed) return visit.go('/family/add')
  const answer = parts.codes.check(keyOf(visit), await visit.typed('code'))
  if (answer !== 'right') return codePage(visit, principal, CODE_TEXT[answer])
  visit.session.sharer = null
  const refusal = addSharer(visit.desk, visit.session.visitor, principal, typed)
  if (!refusal) return visit.go('/family', `已添加${maskName(typed.name)}，并短信告知对方。`)
  return addPage(visit, principal, { typed, wrong: { field: null, text: SHARER_REFUSAL_TEXT[refusal] } })
}

async function leave(visit: PageVisit): Promise<Response> {
  const { standing } = visit
  if (standing.kind !== 'sharer') return visit.go('/family')
  if ((await visit.typed('agree')) !== 'yes') return visit.go('/family')
  leaveFamily(visit.desk, visit.session.visitor, standing)
  return visit.go('/apply', '已退出亲情付。')
}

function addMemberRoutes(app: Hono, parts: PagesParts): void {
  const member = (handle: (visit: PageVisit, principal: Principal, memberNo: string) => Response) =>
    guarded(parts, (visit) =>
      visit.standing.kind === 'principal'
        ? handle(visit, visit.standing, visit.c.req.param('memberNo') ?? '')
        : visit.go('/family'),
    )
  app.get(
    '/family/members/:memberNo/remove',
    member((visit, principal, memberNo) => {
      const sharer = sharerByNumber(visit.desk.core, principal, memberNo)
      return sharer ? visit.show('移除共享人', removeForm(sharer), { back: '/family' }) : visit.go('/family')
    }),
  )
  app.post(
    '/family/members/:memberNo/remove',
    member((visit, principal, memberNo) => {
      const sharer = sharerByNumber(visit.desk.core, principal, memberNo)
      if (!sharer) return visit.go('/family')
      removeSharer(visit.desk, visit.session.visitor, sharer)
      return visit.go('/family', `已移除${maskName(sharer.name)}。`)
    }),
  )
}

/** 亲情付 as product.md §5 wants it: form, code to the principal, view, add, remove, leave. */
export function familyRoutes(parts: PagesParts): Hono {
  const app = new Hono()
  const principalOnly = (handle: (visit: PageVisit, principal: Principal) => Response | Promise<Response>) =>
    guarded(parts, (visit) =>
      visit.standing.kind === 'principal' ? handle(visit, visit.standing) : visit.go('/family'),
    )
  app.get(
    '/family',
    guarded(parts, (visit) => {
      const { standing, desk } = visit
      if (standing.kind === 'unsigned') return visit.go('/apply')
      const options = { back: '/account' }
      if (standing.kind === 'sharer') return visit.show('亲情付', sharerFamily(standing.principal), options)
      return visit.show('亲情付', principalFamily(desk.core.people.sharersOf(standing.customer)), options)
    }),
  )
  app.get(
    '/family/add',
    principalOnly((visit, principal) =>
      addPage(visit, principal, { typed: visit.session.sharer ?? NOTHING, wrong: null }),
    ),
  )
  app.post(
    '/family/add',
    principalOnly((visit, principal) => askToAdd(parts, visit, principal)),
  )
  app.get(
    '/family/code',
    principalOnly((visit, principal) => codePage(visit, principal, null)),
  )
  app.post(
    '/family/code',
    principalOnly((visit, principal) => bind(parts, visit, principal)),
  )
  app.post(
    '/family/code/again',
    principalOnly((visit, principal) =>
      parts.codes.again(keyOf(visit))
        ? visit.go('/family/code', '新的验证码已发送。')
        : codePage(visit, principal, NO_MORE_CODES),
    ),
  )
  app.post('/family/leave', guarded(parts, leave))
  addMemberRoutes(app, parts)
  return app
}
