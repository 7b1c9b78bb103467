/** Whether a text is one of a record's own keys. Phones in use do not have `Object.hasOwn`. */
export function isKeyOf<T extends object>(record: T, key: string): key is Extract<keyof T, string> {
  return Object.prototype.hasOwnProperty.call(record, key)
}
