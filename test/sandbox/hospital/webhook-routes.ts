import { Hono } from 'hono'
import { html, page } from '../markup.ts'
import type { Hospital } from './hospital.ts'

/** Where the product tells of changes, and what was told. */
export function webhookRoutes(hospital: Hospital): Hono {
  const app = new Hono()
  const { info, webhooks, faults } = hospital
  app.post('/webhooks', faults.at('webhook'), async (c) => {
    const headers = {
      id: c.req.header('webhook-id'),
      timestamp: c.req.header('webhook-timestamp'),
      signature: c.req.header('webhook-signature'),
    }
    return webhooks.take(headers, await c.req.text()) ? c.body(null, 204) : c.json({ error: 'not signed' }, 401)
  })
  app.get('/actions/webhooks', (c) => c.json({ received: webhooks.list() }))
  app.get('/webhooks', (c) =>
    c.html(
      page(
        { title: `收到的变更消息 · ${info.name}`, style: '/assets/doctor.css' },
        html`<body>
          <aside class="demo" aria-label="说明">演示医院 · 非真实</aside>
          <main class="choose">
            <h1>收到的变更消息</h1>
            <ol>
              ${webhooks.list().map((one) => html`<li><strong>${one.type}</strong> 第 ${one.version} 版，重复 ${one.repeats} 次<br /><code>${JSON.stringify(one.data)}</code></li>`)}
            </ol>
          </main>
        </body>`,
      ),
    ),
  )
  return app
}
