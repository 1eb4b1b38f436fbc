/** The one entry in the history that writing mode makes, so that a phone's back leaves the mode and not the draft. */

const OWN = 'rangruam:writing'

/** Is the present entry the mode's own? */
export function isOwnEntry(): boolean {
  return history.state === OWN
}

/** Makes the entry, unless a reload or a new editor left it standing. */
export function pushEntry(): void {
  if (isOwnEntry()) return
  // Going back must not scroll to where the page stood when writing began.
  history.scrollRestoration = 'manual'
  history.pushState(OWN, '')
}

/** Takes the entry back; false when it is not there. The browser does it later and says so by `popstate`. */
export function popEntry(): boolean {
  if (!isOwnEntry()) return false
  history.back()
  return true
}
