import { randomUUID } from 'node:crypto'
import type { HisDeliveries } from '@paycare/shared/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { World } from '../world/world.ts'
import { RegistrationDesk } from './registration-desk.ts'

type Json = Record<string, unknown>
const JsonObject = z.record(z.string(), z.unknown())
const Parameter = z.looseObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().optional(),
  example: z.unknown().optional(),
  schema: JsonObject,
})
const Content = z.looseObject({ schema: JsonObject, example: z.unknown().optional() })
const Operation = z.looseObject({
  parameters: z.array(Parameter).default([]),
  requestBody: z.looseObject({ content: z.record(z.string(), Content) }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), Content).optional() })),
})
const Document = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.looseObject({ schemas: z.record(z.string(), JsonObject) }),
})

let world: World
let document: z.infer<typeof Document>
beforeAll(async () => {
  world = await World.start({ webhooks: true })
  document = Document.parse(await (await fetch(`${world.url}/openapi.json`)).json())
})
afterAll(() => world.close())

/** Every operation of HIS in the document. */
const operations = () =>
  Object.entries(document.paths)
    .filter(([path]) => path.startsWith('/his/v1/'))
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, operation })))

/** The document's schema, with its components and no more members than it names. */
function checkerOf(schema: Json): z.ZodType {
  const closed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(closed)
    if (typeof value !== 'object' || value === null) return value
    const members = Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace('#/components/schemas/', '#/$defs/')
          : closed(inner),
      ]),
    )
    const isPlain = members['type'] === 'object' && members['properties'] && !('additionalProperties' in members)
    return isPlain ? { ...members, additionalProperties: false } : members
  }
  const whole = closed({ ...schema, $defs: document.components.schemas })
  return z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0])
}

/** The schema that a reference leads to. */
function resolved(schema: Json): Json {
  const ref = schema['$ref']
  if (typeof ref !== 'string') return schema
  return document.components.schemas[ref.replace('#/components/schemas/', '')] ?? {}
}

const exampleOf = ({ example, schema }: { example?: unknown; schema: Json }): unknown =>
  example ?? schema['example'] ?? resolved(schema)['example']

interface Sent {
  readonly status: number
  readonly body: unknown
}

/** Sends the example of an operation; `numbers` are those that we issued in place of the document's. */
async function send(
  method: string,
  path: string,
  numbers: Record<string, string> = {},
  over: Json = {},
): Promise<Sent> {
  const operation = document.paths[path]?.[method]
  if (!operation) throw new Error(`no ${method} ${path} in the document`)
  const inPath = (name: string): string => {
    const parameter = operation.parameters.find((one) => one.in === 'path' && one.name === name)
    return numbers[name] ?? String(parameter && exampleOf(parameter))
  }
  const query = operation.parameters
    .filter((one) => one.in === 'query' && exampleOf(one) !== undefined)
    .map((one): [string, string] => [one.name, String(exampleOf(one))])
  const content = operation.requestBody?.content['application/json']
  const example = content && exampleOf(content)
  const body = content && { ...JsonObject.parse(example), ...over }
  const asked = path.replace('/his/v1', '').replace(/\{(\w+)\}/g, (_, name: string) => inPath(name))
  const search = query.length === 0 ? '' : `?${new URLSearchParams(query)}`
  return world.his().call(method.toUpperCase(), asked + search, body, { key: randomUUID() })
}

/** The answer must be the documented one. */
function documented(method: string, path: string, { status, body }: Sent): void {
  const schema = document.paths[path]?.[method]?.responses[String(status)]?.content?.['application/json']?.schema
  expect([method, path, status, body, schema !== undefined]).toEqual([method, path, 200, body, true])
  const checked = checkerOf(schema ?? {}).safeParse(body)
  expect(checked.error?.issues ?? []).toEqual([])
}

const visit = '/his/v1/visits/{visitNo}'
const windowRegistration = '/his/v1/window-registrations/{windowRegistrationNo}'

/** What happens on the way, in the order of a day; every stop sends one example. */
const walk: readonly (readonly [method: string, path: string, prepare?: () => Promise<Record<string, string>>])[] = [
  ['post', '/his/v1/credit-status'],
  [
    'put',
    windowRegistration,
    async () => {
      // The patient changes his mind before the fee is deducted.
      world.sandbox.bank.faults.add({ api: 'confirm', times: 1, kind: 'DROP_BEFORE' })
      return {}
    },
  ],
  ['get', windowRegistration],
  ['post', `${windowRegistration}/cancel`],
  ['get', '/his/v1/registrations/{registrationNo}', onlineRegistration],
  ['post', '/his/v1/visits'],
  ['get', visit],
  ['post', `${visit}/orders`],
  ['post', `${visit}/orders/{orderNo}/cancel`, secondOrder],
  ['post', `${visit}/finish`],
  ['post', '/his/v1/refunds'],
  ['get', '/his/v1/refunds/{refundNo}'],
  ['get', '/his/v1/refunds'],
  ['get', '/his/v1/merchant-balance'],
  ['get', '/his/v1/deliveries'],
  ['post', '/his/v1/deliveries/{id}/redeliver', firstDelivery],
]

/** Need days, large sums or an empty balance before they: the journeys of refunds walk them. */
const walkedElsewhere = ['decision', 'approval', 'resend'].map((what) => `post /his/v1/refunds/{refundNo}/${what}`)

async function onlineRegistration(): Promise<Record<string, string>> {
  const desk = await RegistrationDesk.come(await world.signIn('oDemo-liuyang'))
  const registrationNo = (await desk.register()).id
  return { registrationNo }
}

/** The example of an order once more, under the number that the example of a cancellation names. */
async function secondOrder(): Promise<Record<string, string>> {
  const parameters = document.paths[`${visit}/orders/{orderNo}/cancel`]?.['post']?.parameters ?? []
  const parameter = parameters.find(({ name }) => name === 'orderNo')
  const { status } = await send('post', `${visit}/orders`, {}, { orderNo: parameter && exampleOf(parameter) })
  expect(status).toBe(200)
  return {}
}

async function firstDelivery(): Promise<Record<string, string>> {
  const { body } = await world.his().call<HisDeliveries>('GET', '/deliveries')
  return { id: body.deliveries[0]?.id ?? '' }
}

describe('the document of the hospital’s API', () => {
  it('has an example of every body and every number that a request needs', () => {
    const lacking = operations().flatMap(({ method, path, operation }) => {
      const content = operation.requestBody?.content['application/json']
      const body = content && exampleOf(content) === undefined ? ['body'] : []
      const numbers = operation.parameters.filter((one) => one.in === 'path' && exampleOf(one) === undefined)
      return [...body, ...numbers.map((one) => one.name)].map((what) => `${method} ${path}: ${what}`)
    })
    expect(lacking).toEqual([])
  })

  it('tells nothing that is not so: every example is answered as documented', async () => {
    for (const [method, path, prepare] of walk) {
      const numbers = prepare ? await prepare() : {}
      documented(method, path, await send(method, path, numbers))
      await world.rest()
    }
  })

  it('names no operation that this walk leaves out', () => {
    const walked = new Set([...walk.map(([method, path]) => `${method} ${path}`), ...walkedElsewhere])
    const named = operations().map(({ method, path }) => `${method} ${path}`)
    expect(named.filter((one) => !walked.has(one))).toEqual([])
    expect([...walked].filter((one) => !named.includes(one))).toEqual([])
  })
})
