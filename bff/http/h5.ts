import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from './api.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
}

/** Answers with the H5 build: files as they are, and `index.html` for every path of the app. Unknown files stay absent. */
export function serveH5(folder: string): MiddlewareHandler<ApiEnv> {
  const root = normalize(folder + sep)
  return async (c, next) => {
    const { pathname } = new URL(c.req.url)
    const extension = extname(pathname)
    const type = types[extension === '' ? '.html' : extension]
    if (c.req.method !== 'GET' || type === undefined) return next()
    const file = normalize(join(root, extension === '' ? 'index.html' : decodeURIComponent(pathname)))
    if (!file.startsWith(root) || !existsSync(file)) return next()
    // Names of built files carry a hash of their content; the page itself must always be asked for.
    const hashed = /\.[0-9a-f]{8}\./.test(pathname)
    c.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    c.header('content-type', type)
    return c.body(new Uint8Array(readFileSync(file)))
  }
}
