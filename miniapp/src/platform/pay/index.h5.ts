/** Opens the hospital's ordinary payment page in the place of the app; it leads back to the return address it was given. */
export function openDesk(url: string): void {
  window.location.assign(url)
}
