import { hexOf } from './hex'

/** 16 random bytes as hex, from the browser's own secure source. */
export async function randomKey(): Promise<string> {
  return hexOf(window.crypto.getRandomValues(new Uint8Array(16)))
}
