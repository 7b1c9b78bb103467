import type { glassEasel } from 'glass-easel-miniprogram-adapter'

type Element = glassEasel.Element

/** An element as it stands on the page: components opened up, template machinery left out. */
export interface Seen {
  readonly tag: string
  /** Undefined when the attribute is not set; WeChat takes an empty one for not set. */
  readonly attribute: (name: string) => string | undefined
  readonly children: readonly (Seen | string)[]
  readonly elements: readonly Seen[]
  readonly source: Element
}

/** What stands on a page now. */
export function seen(source: Element): Seen {
  const children: (Seen | string)[] = []
  collect(source, children)
  return {
    tag: source.asNativeNode()?.is ?? source.asGeneralComponent()?.is ?? '',
    attribute: (name) => {
      const value = source.getAttribute(name)
      return value === undefined || value === null || value === false || value === '' ? undefined : String(value)
    },
    children,
    elements: children.filter((child) => typeof child !== 'string'),
    source,
  }
}

/** Adds the children of a node; in place of template machinery, what is inside it. */
function collect(source: Element, children: (Seen | string)[]): void {
  source.forEachComposedChild((child) => {
    const text = child.asTextNode()
    const element = child.asElement()
    if (text) children.push(text.textContent)
    else if (element?.asVirtualNode()) collect(element, children)
    else if (element) children.push(seen(element))
  })
}

/** Every element below this one, in the order of reading. */
export const elementsUnder = ({ elements }: Seen): Seen[] => elements.flatMap((one) => [one, ...elementsUnder(one)])

const rolesByTag: Readonly<Record<string, string>> = { button: 'button', input: 'textbox' }

/** What a screen reader says the element is; undefined for a mere container. */
export const roleOf = ({ tag, attribute }: Seen): string | undefined => attribute('aria-role') ?? rolesByTag[tag]

/** What a screen reader reads for the element. */
export function nameOf(node: Seen): string {
  const label = node.attribute('aria-label')
  if (label !== undefined) return label
  const parts = node.children.map((child) => {
    if (typeof child === 'string') return child
    if (child.attribute('aria-hidden') === 'true') return ''
    return isInline(child) ? nameOf(child) : ` ${nameOf(child)} `
  })
  return parts.join('').replace(/\s+/g, ' ').trim()
}

/** What can be read with the eyes, a line for each block. */
export function linesOf(node: Seen): string[] {
  const text = (one: Seen): string =>
    one.children
      .map((child) => (typeof child === 'string' ? child : isInline(child) ? text(child) : `\n${text(child)}\n`))
      .join('')
  return text(node)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

const isInline = ({ tag }: Seen): boolean => tag === 'text'
