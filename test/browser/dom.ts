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
  readonly overflowX: string
}

export interface Element {
  readonly tagName: string
  readonly className: string
  readonly textContent: string | null
  readonly scrollWidth: number
  readonly clientWidth: number
  readonly ownerDocument: Document
  readonly getBoundingClientRect: () => Box
  readonly getClientRects: () => { readonly length: number }
  readonly getAttribute: (name: string) => string | null
  readonly closest: (selector: string) => Element | null
}

interface Document {
  readonly activeElement: Element | null
  readonly defaultView: { readonly getComputedStyle: (element: Element) => Style; readonly innerWidth: number }
}
