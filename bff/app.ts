import { bodyLimit } from 'hono/body-limit'
import { secureHeaders } from 'hono/secure-headers'
import type { AppContext } from './context.ts'
import { createApi } from './http/api.ts'
import { serveH5 } from './http/h5.ts'
import { hisAuth } from './http/his-auth.ts'
import { problem, problemOf } from './http/problem.ts'
import { Refusal } from './http/refusal.ts'
import { accountRoutes } from './modules/account/index.ts'
import { creditBankRoutes, creditHisRoutes, creditRoutes } from './modules/credit/index.ts'
import { homeRoutes } from './modules/home/index.ts'
import { deliveryKind, deliveryWork, messageHisRoutes } from './modules/messages/index.ts'
import { operationRoutes } from './modules/operations/index.ts'
import { moneyNews, paymentRoutes } from './modules/payments/index.ts'
import {
  planRun,
  refundHisRoutes,
  refundRequestKind,
  refundRequestWork,
  refundRoutes,
  refundRunKind,
  refundRunWork,
} from './modules/refunds/index.ts'
import {
  registrationHisRoutes,
  registrationRoutes,
  registrationWork,
  windowHisRoutes,
} from './modules/registrations/index.ts'
import { sweep, visitHisRoutes, visitRoutes } from './modules/visits/index.ts'
import { newId } from './ports/ids.ts'

const bodyBytesMost = 256 * 1024
const incomingRequestId = /^[\w-]{8,64}$/

/** Whether the process may be sent work: false while it drains. */
export interface Readiness {
  ready: boolean
}

/** One Hono app out of the modules' routes; the engine takes on the modules' own subjects. */
export function createApp(x: AppContext, readiness: Readiness) {
  takeOnSubjects(x)
  const app = createApi()
  app.use(async (c, next) => {
    const given = c.req.header('x-request-id') ?? ''
    const requestId = incomingRequestId.test(given) ? given : newId(x.random, 'req')
    c.set('requestId', requestId)
    const startedMs = x.clock.now()
    await next()
    c.header('x-request-id', requestId)
    const { method, routePath } = { method: c.req.method, routePath: c.req.routePath }
    x.log.info({ requestId, method, route: routePath, status: c.res.status, ms: x.clock.now() - startedMs }, 'request')
  })
  app.use(securityHeaders())
  app.use(bodyLimit({ maxSize: bodyBytesMost, onError: (c) => tooLarge(c.get('requestId')) }))
  app.get('/livez', (c) => c.text('ok'))
  app.get('/readyz', (c) => (readiness.ready ? c.text('ready') : c.text('draining', 503)))
  app.use('/his/v1/*', hisAuth(x.hisTokens))
  for (const routes of allRoutes(x)) app.route('/', routes)
  app.doc31('/openapi.json', { openapi: '3.1.0', info: { title: '信用就医 BFF', version: '0.1.0' } })
  app.all('/api/*', () => absent())
  app.all('/his/*', () => absent())
  app.all('/bank/*', () => absent())
  if (x.config.h5Dir !== undefined) app.use('*', serveH5(x.config.h5Dir))
  app.notFound((c) => problem(404, 'ROUTE_NOT_FOUND', c.get('requestId')))
  app.onError((error, c) => {
    const requestId = c.get('requestId')
    const known = error instanceof Refusal && error.status < 500
    const fields = { requestId, error: `${error.name}: ${error.message}` }
    if (known) x.log.info(fields, 'refused')
    else x.log.error(fields, 'failed')
    return problemOf(error, requestId)
  })
  return app
}

/** One router for each noun. */
function allRoutes(x: AppContext) {
  return [
    accountRoutes(x),
    creditRoutes(x),
    creditHisRoutes(x),
    creditBankRoutes(x),
    homeRoutes(x),
    registrationRoutes(x),
    registrationHisRoutes(x),
    windowHisRoutes(x),
    visitRoutes(x),
    visitHisRoutes(x),
    paymentRoutes(x),
    refundRoutes(x),
    refundHisRoutes(x),
    operationRoutes(x),
    messageHisRoutes(x),
  ]
}

/** Who works on what is not a payment, and what the engine asks others about. */
function takeOnSubjects(x: AppContext): void {
  x.engine.takeOn('registration', registrationWork(x))
  x.engine.takeOn(refundRequestKind, refundRequestWork(x))
  x.engine.takeOn(refundRunKind, refundRunWork(x))
  x.engine.takeOn(deliveryKind, deliveryWork(x))
  x.engine.tellBy(moneyNews(x))
  x.engine.deferBy(planRun(x))
  x.engine.consultBy(sweep(x))
}

/** The rest of the body is not read, so the connection cannot carry another request. */
function tooLarge(requestId: string): Response {
  const response = problem(413, 'REQUEST_TOO_LARGE', requestId)
  response.headers.set('connection', 'close')
  return response
}

function absent(): never {
  throw new Refusal(404, 'ROUTE_NOT_FOUND')
}

/** No inline script, nothing from elsewhere, no framing. Styles are injected by the app's run time. */
function securityHeaders() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    strictTransportSecurity: false,
  })
}
