/**
 * OpenSSL writes an SM2 ciphertext as SEQUENCE { INTEGER x, INTEGER y, OCTET STRING C3, OCTET STRING C2 } (GM/T 0009). Ciphertexts here have less
 * than 64 kB.
 */
const sequence = 0x30
const integer = 0x02
const octets = 0x04

function element(tag: number, content: Buffer): Buffer {
  const { length } = content
  const head = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...head]), content])
}

function number(bytes: Buffer): Buffer {
  const short = Buffer.from(bytes.toString('hex').replace(/^(00)+(?=..)/, ''), 'hex')
  return element(integer, (short[0] ?? 0) < 0x80 ? short : Buffer.concat([Buffer.alloc(1), short]))
}

/** Out of 04 ‖ x ‖ y ‖ C3 ‖ C2. */
export function toAsn1(sealed: Buffer): Buffer {
  const part = (from: number, to?: number): Buffer => sealed.subarray(from, to)
  const parts = [number(part(1, 33)), number(part(33, 65)), element(octets, part(65, 97)), element(octets, part(97))]
  return element(sequence, Buffer.concat(parts))
}

/** Into 04 ‖ x ‖ y ‖ C3 ‖ C2. */
export function fromAsn1(der: Buffer): Buffer {
  const [x, y, c3, c2] = elementsOf(elementsOf(der)[0] ?? Buffer.alloc(0))
  if (!x || !y || !c3 || !c2) throw new Error('this is no SM2 ciphertext')
  const coordinate = (bytes: Buffer): Buffer => Buffer.concat([Buffer.alloc(32), bytes]).subarray(-32)
  return Buffer.concat([Buffer.of(4), coordinate(x), coordinate(y), c3, c2])
}

/** Contents of the elements that stand one behind the other. */
function elementsOf(der: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (let at = 0; at < der.length;) {
    const first = der.readUInt8(at + 1)
    const lengthBytes = first < 0x80 ? 0 : first & 0x7f
    const length = lengthBytes === 0 ? first : der.readUIntBE(at + 2, lengthBytes)
    const start = at + 2 + lengthBytes
    found.push(der.subarray(start, start + length))
    at = start + length
  }
  return found
}
