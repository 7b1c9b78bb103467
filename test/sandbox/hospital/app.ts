import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { html, page } from '../markup.ts'
import { actionRoutes } from './action-routes.ts'
import { deskRoutes } from './desk-routes.ts'
import { doctorRoutes } from './doctor-routes.ts'
import type { Hospital } from './hospital.ts'
import { HospitalError } from './hospital-error.ts'
import { productRoutes } from './product-routes.ts'
import { refundPageRoutes } from './refund-page-routes.ts'
import { refundActionRoutes } from './refund-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

const asset = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** All institutions under one roof, each below its own id. */
export function createHospitalApp(hospitals: readonly Hospital[], productToken: string): Hono {
  const app = new Hono()
  const script = asset('./doctor.js')
  for (const name of ['doctor.css', 'desk.css']) {
    const style = asset(`./${name}`)
    app.get(`/assets/${name}`, (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  }
  app.get('/assets/doctor.js', (c) => c.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }))
  app.get('/', (c) =>
    c.html(
      page(
        { title: '演示医院', style: '/assets/doctor.css' },
        html`<body>
          <aside class="demo" aria-label="说明">演示医院 · 非真实</aside>
          <main class="choose">
            <h1>选择医院</h1>
            ${hospitals.map(({ info }) => html`<a class="button" href="/${info.id}/doctor">${info.name}<span class="dim">${info.tier}</span></a>`)}
          </main>
        </body>`,
      ),
    ),
  )
  for (const hospital of hospitals) {
    const base = `/${hospital.info.id}`
    app.route(base, productRoutes(hospital, productToken))
    app.route(base, webhookRoutes(hospital))
    app.route(base, deskRoutes(hospital))
    app.route(base, doctorRoutes(hospital))
    app.route(base, actionRoutes(hospital))
    app.route(base, refundPageRoutes(hospital))
    app.route(base, refundActionRoutes(hospital))
  }
  app.onError((error, c) => c.json({ error: error.message }, error instanceof HospitalError ? 409 : 400))
  return app
}
