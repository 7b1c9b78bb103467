/**
 * What instrumented sources run on: every mistake stands behind a switch, and one of them at most is on. Constants of modules are computed
 * again whenever a switch that they depend on is turned, so one process judges all mistakes without loading anything twice.
 */
interface Constant {
  readonly compute: () => void
  readonly mutants: Set<number>
  readonly uses: Set<number>
}

let active = Number(process.env['MUTANT'] ?? -1)
let steps = 0
let stepsMost = Number.MAX_SAFE_INTEGER
let computing: Constant | undefined
let reached = new Set<number>()
let usedConstants = new Set<number>()
let isRecording = false
const constants = new Map<number, Constant>()

/** Whether mistake `id` is made here and now. An endless loop passes here again and again, and ends by this. */
export function is(id: number): boolean {
  if (++steps > stepsMost) throw new Error('endless')
  if (computing) computing.mutants.add(id)
  else if (isRecording) reached.add(id)
  return id === active
}

/** A constant of a module, computed now and whenever it may change. */
export function constant(id: number, compute: () => void): void {
  const one = { compute, mutants: new Set<number>(), uses: new Set<number>() }
  constants.set(id, one)
  run(one)
}

/** Somebody reads a constant of a module. */
export function read<T>(id: number, value: T): T {
  if (computing) computing.uses.add(id)
  else if (isRecording) usedConstants.add(id)
  return value
}

function run(one: Constant): void {
  const outer = computing
  computing = one
  try {
    one.compute()
  } finally {
    computing = outer
  }
}

/** Turns one switch on, the others off; throws what a constant throws that cannot be computed with it. */
export function turn(id: number, most: number): void {
  const isStatic = (one: number): boolean => [...constants.values()].some(({ mutants }) => mutants.has(one))
  const again = isStatic(active) || isStatic(id)
  active = id
  steps = 0
  stepsMost = most
  if (again) for (const one of constants.values()) run(one)
}

export function beginRecord(): void {
  reached = new Set()
  usedConstants = new Set()
  isRecording = true
  steps = 0
}

/** What was reached since `beginRecord`, through constants as well, and in how many steps. */
export function endRecord(): { readonly reached: readonly number[]; readonly steps: number } {
  isRecording = false
  const pending = [...usedConstants]
  for (const id of pending) {
    const one = constants.get(id)
    for (const mutant of one?.mutants ?? []) reached.add(mutant)
    for (const use of one?.uses ?? []) {
      if (usedConstants.has(use)) continue
      usedConstants.add(use)
      pending.push(use)
    }
  }
  return { reached: [...reached].sort((a, b) => a - b), steps }
}
