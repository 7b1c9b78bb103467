import { isCallable, type Loose } from './loose.ts'
import { elementsUnder, type Seen } from './nodes.ts'

/** Size of what a page shows. */
export interface Extent {
  readonly nodes: number
  readonly depth: number
  /** The most children that one node has. */
  readonly children: number
}

/** What one page has cost at most. */
export interface Cost extends Extent {
  /** The largest `setData`. */
  readonly bytes: number
}

const nothing: Cost = { nodes: 0, depth: 0, children: 0, bytes: 0 }

/** Counts what costs time on a phone, page by page. */
export class Meter {
  readonly costs = new Map<string, Cost>()
  /** The most pages that were above one another. */
  deepestStack = 0
  /** Attributes for screen readers that the app sets and no template carries: WeChat never sees them. */
  readonly lostAttributes = new Set<string>()

  /** Counts what this page sends to the view. */
  watch(page: string, instance: Loose): void {
    const { setData } = instance
    if (!isCallable(setData)) throw new Error(`${page} cannot show data`)
    instance['setData'] = (data: unknown, done?: unknown): unknown => {
      const text = JSON.stringify(data)
      this.#raise(page, { bytes: Buffer.byteLength(text) })
      // Carried attributes travel under short names; one that keeps its own is bound to nothing.
      for (const [, name = ''] of text.matchAll(/"(?:[^"]*\.)?(aria[-A-Z]\w*)":/g)) this.lostAttributes.add(name)
      return setData.call(instance, data, done)
    }
  }

  /** Measures what a page shows now. */
  look(page: string, root: Seen): void {
    this.#raise(page, extentOf(root))
  }

  stacked(depth: number): void {
    this.deepestStack = Math.max(this.deepestStack, depth)
  }

  #raise(page: string, seen: Partial<Cost>): void {
    const known = this.costs.get(page) ?? nothing
    const larger = (name: keyof Cost): number => Math.max(known[name], seen[name] ?? 0)
    const [nodes, depth] = [larger('nodes'), larger('depth')]
    this.costs.set(page, { nodes, depth, children: larger('children'), bytes: larger('bytes') })
  }
}

function extentOf(root: Seen): Extent {
  const depthOf = (node: Seen): number => 1 + Math.max(0, ...node.elements.map(depthOf))
  const all = elementsUnder(root)
  return {
    nodes: all.length,
    depth: depthOf(root) - 1,
    children: Math.max(0, ...[root, ...all].map(({ elements }) => elements.length)),
  }
}
