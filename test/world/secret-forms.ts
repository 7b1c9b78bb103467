/** A text in every form in which it could have been written down. */
export function formsOf(secret: string): string[] {
  const raw = Buffer.from(secret)
  const hex = raw.toString('hex')
  const url = [...raw].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const escaped = [...secret].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
  const base64 = [0, 1, 2].map((before) => base64Within(raw, before))
  const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const hard = [hex, url, escaped].flatMap((text) => [text, text.toUpperCase().replaceAll('\\U', '\\u')])
  return [...new Set([secret, ...hard, encodeURIComponent(secret), ...base64, ...base64url])]
}

/** Base64 of the bytes as it looks behind so many other bytes; characters that its neighbours have a share in are left out. */
function base64Within(raw: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), raw]).toString('base64')
  return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + raw.length) * 8) / 6))
}
