import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { MiddlewareHandler } from 'hono'
import type { ApiEnv } from './api.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json; charset=utf-8',
}

interface BuiltFile {
  readonly type: string
  readonly plain: Uint8Array<ArrayBuffer>
  readonly gzipped: Uint8Array<ArrayBuffer>
  /** Names of built files carry a hash of their content; the page itself must always be asked for. */
  readonly forEver: boolean
}

/** Answers with the H5 build: files as they are, and `index.html` for every path of the app. Unknown files stay absent. */
export function serveH5(folder: string): MiddlewareHandler<ApiEnv> {
  const files = load(folder)
  return async (c, next) => {
    const path = c.req.path
    const file = files.get(extname(path) === '' ? '/index.html' : path)
    if (c.req.method !== 'GET' || !file) return next()
    const gzip = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
    c.header('content-type', file.type)
    c.header('cache-control', file.forEver ? 'public, max-age=31536000, immutable' : 'no-cache')
    c.header('vary', 'accept-encoding')
    if (gzip) c.header('content-encoding', 'gzip')
    return c.body(gzip ? file.gzipped : file.plain)
  }
}

/** The whole build in memory, about 1 MB: no request waits for the disk or the compressor. */
function load(folder: string): Map<string, BuiltFile> {
  const files = new Map<string, BuiltFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = types[extname(entry.name)]
    if (!entry.isFile() || type === undefined) continue
    const file = join(entry.parentPath, entry.name)
    const plain = new Uint8Array(readFileSync(file))
    const path = `/${relative(folder, file).split(sep).join('/')}`
    files.set(path, {
      type,
      plain,
      gzipped: new Uint8Array(gzipSync(plain)),
      forEver: /\.[0-9a-f]{8}\./.test(entry.name),
    })
  }
  return files
}
