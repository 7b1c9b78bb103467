/** The little of the browser's own types that the code inside a page needs; the project's TypeScript knows no DOM. */
interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Style {
  readonly outlineStyle: string
  readonly outlineWidth: string
  readonly boxShadow: string
  readonly overflowY: string
  readonly fontSize: string
}

interface Boxed {
  readonly getClientRects: () => { readonly length: number }
}

interface Node {
  readonly textContent: string | null
  readonly parentElement: Element | null
}

interface Range extends Boxed {
  readonly setStart: (node: Node, offset: number) => void
  readonly setEnd: (node: Node, offset: number) => void
}

export interface Element extends Node, Boxed {
  readonly tagName: string
  readonly className: string
  readonly scrollWidth: number
  readonly clientWidth: number
  readonly scrollHeight: number
  readonly clientHeight: number
  readonly ownerDocument: Document
  readonly getBoundingClientRect: () => Box
  readonly getAttribute: (name: string) => string | null
  readonly closest: (selector: string) => Element | null
}

interface Document {
  readonly activeElement: Element | null
  readonly defaultView: { readonly getComputedStyle: (element: Element) => Style; readonly innerWidth: number }
  readonly createRange: () => Range
  /** 4: texts only. */
  readonly createTreeWalker: (root: Element, show: 4) => { readonly nextNode: () => Node | null }
}
