/**
 * The aria attributes that the WeChat templates carry. The build (WXML) and the runtime (attribute aliases) read this one list:
 * Taro numbers a component's attributes by their sorted position on both sides.
 */
const attributes = [
  'aria-role',
  'aria-label',
  'aria-hidden',
  'aria-live',
  'aria-checked',
  'aria-disabled',
  'aria-busy',
  'aria-level',
  'aria-selected',
  'aria-expanded',
]
const components = ['View', 'Text', 'Button', 'Input']

module.exports = Object.fromEntries(
  components.map((name) => [name, Object.fromEntries(attributes.map((attribute) => [attribute, '']))]),
)
