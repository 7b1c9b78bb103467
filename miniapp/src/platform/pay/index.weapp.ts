import { open } from '../../routes'

/**
 * Opens the hospital's ordinary payment page inside the app. WeChat allows an https page only in a `<web-view>`, and only of a business
 * domain that is registered for the mini-program; its own way back leads to the page below, which asks again.
 */
export function openDesk(url: string): void {
  open('desk', { url })
}
