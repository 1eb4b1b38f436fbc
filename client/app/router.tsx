/** Addresses and pages: history navigation without a reload, parameters from the path, focus moved to the new page. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

export type PageProps = { readonly params: Readonly<Record<string, string>> }
export type RouteEntry = {
  /** Path with `:name` parts. */
  readonly path: string
  readonly load: () => Promise<{ readonly Page: ComponentType<PageProps> }>
}

const NAVIGATED = 'rangruam:navigated'

/** Goes to an address of this site. */
export function navigate(href: string, options: { readonly replace?: boolean } = {}): void {
  if (options.replace === true) history.replaceState(null, '', href)
  else history.pushState(null, '', href)
  dispatchEvent(new Event(NAVIGATED))
}

/** The entry and parameters for a path, or null. */
export function matchRoute(
  routes: readonly RouteEntry[],
  path: string,
): { readonly route: RouteEntry; readonly params: Record<string, string> } | null {
  const given = path.split('/').filter(Boolean)
  for (const route of routes) {
    const wanted = route.path.split('/').filter(Boolean)
    if (wanted.length !== given.length) continue
    const params: Record<string, string> = {}
    const fits = wanted.every((part, index) => {
      const value = given[index] ?? ''
      if (!part.startsWith(':')) return part === value
      params[part.slice(1)] = decodeURIComponent(value)
      return true
    })
    if (fits) return { route, params }
  }
  return null
}

/** The current path; follows the history and plain clicks on links of this site. */
export function usePath(): string {
  const [path, setPath] = useState(location.pathname)
  useEffect(() => {
    const follow = () => {
      setPath(location.pathname)
    }
    const click = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (link === null || event.defaultPrevented || event.button !== 0) return
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
      if (link.origin !== location.origin || link.target !== '' || link.hasAttribute('download')) return
      if (link.pathname.startsWith('/api/')) return
      if (link.pathname === location.pathname && link.hash !== '') return
      event.preventDefault()
      navigate(link.href)
    }
    addEventListener('popstate', follow)
    addEventListener(NAVIGATED, follow)
    document.addEventListener('click', click)
    return () => {
      removeEventListener('popstate', follow)
      removeEventListener(NAVIGATED, follow)
      document.removeEventListener('click', click)
    }
  }, [])
  return path
}
