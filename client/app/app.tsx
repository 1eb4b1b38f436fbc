/** The page frame: finds the screen for the address, loads it, shows what to do when there is none. */
import type { ComponentType } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { ToastHost } from '../ui/toast.tsx'
import { matchRoute, usePath, type PageProps } from './router.tsx'
import { ROUTES } from './routes.ts'
import { LanguageProvider, useTexts } from './texts.tsx'

type Shown =
  | { readonly kind: 'loading' }
  | { readonly kind: 'page'; readonly path: string; readonly Page: ComponentType<PageProps> }
  | { readonly kind: 'failed' }

function Screen() {
  const path = usePath()
  const match = matchRoute(ROUTES, path)
  const t = useTexts()
  const [shown, setShown] = useState<Shown>({ kind: 'loading' })
  const first = useRef(true)
  const route = match?.route
  useEffect(() => {
    if (route === undefined) return
    let current = true
    route.load().then(
      ({ Page }) => {
        if (current) setShown({ kind: 'page', path: route.path, Page })
      },
      () => {
        if (current) setShown({ kind: 'failed' })
      },
    )
    return () => {
      current = false
    }
  }, [route])
  useEffect(() => {
    if (first.current) {
      first.current = false
      return
    }
    scrollTo(0, 0)
    document.querySelector<HTMLElement>('main, h1')?.focus({ preventScroll: true })
  }, [path])
  if (match === null)
    return (
      <Empty
        icon="map-pin"
        title={t.general.notFoundTitle}
        text={t.general.notFoundText}
        action={{ href: '/', label: t.general.toFront }}
      />
    )
  if (shown.kind === 'failed')
    return (
      <Empty
        icon="wifi-off"
        title={t.general.pageFailedTitle}
        text={t.general.pageFailedText}
        action={{ onClick: () => location.reload(), label: t.general.tryAgain }}
      />
    )
  if (shown.kind === 'loading' || shown.path !== match.route.path) return <Loading label={t.general.loading} />
  return <shown.Page params={match.params} key={path} />
}

/** The whole application. */
export function App() {
  return (
    <LanguageProvider>
      <Screen />
      <ToastHost />
    </LanguageProvider>
  )
}
