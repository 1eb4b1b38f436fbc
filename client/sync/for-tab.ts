/** A yes or no that outlives a reload of the tab, for what a page found out about its network. */

export type ForTab = {
  get(): boolean
  set(value: boolean): void
}

/** `name` is the key in the tab's storage; outside of a browser, and where it refuses its storage, each page finds out for itself. */
export function forTab(name: string): ForTab {
  return {
    get() {
      try {
        return sessionStorage.getItem(name) === '1'
      } catch {
        return false
      }
    },
    set(value) {
      try {
        if (value) sessionStorage.setItem(name, '1')
        else sessionStorage.removeItem(name)
      } catch {
        // Known until the page goes.
      }
    },
  }
}
