/** A page to read the HTTP interface: every route with its rule, input and answer, from /api/openapi.json. */
import { useEffect, useState } from 'preact/hooks'
import { Empty } from '../ui/empty.tsx'
import { Loading } from '../ui/loading.tsx'
import { TopBar } from '../ui/top-bar.tsx'
import { useTexts } from './texts.tsx'

const DOCUMENT = '/api/openapi.json'

type Operation = {
  readonly summary: string
  readonly 'x-action': string
  readonly requestBody?: unknown
  readonly responses: unknown
}
type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }
type Shown =
  { readonly kind: 'loading' } | { readonly kind: 'ready'; readonly document: Document } | { readonly kind: 'failed' }

export function Page() {
  const t = useTexts()
  const [shown, setShown] = useState<Shown>({ kind: 'loading' })
  useEffect(() => {
    fetch(DOCUMENT)
      .then((response) => response.json())
      .then(
        (document: Document) => setShown({ kind: 'ready', document }),
        () => setShown({ kind: 'failed' }),
      )
  }, [])
  if (shown.kind === 'loading') return <Loading label={t.general.loading} />
  if (shown.kind === 'failed') {
    return (
      <Empty
        icon="wifi-off"
        title={t.general.offlineTitle}
        text={t.general.offlineText}
        action={{ label: t.general.tryAgain, onClick: () => location.reload() }}
      />
    )
  }
  return (
    <>
      <TopBar />
      <main class="docs stack" tabIndex={-1}>
        <h1>{t.general.apiTitle}</h1>
        <p>
          <a href={DOCUMENT} download>
            {DOCUMENT}
          </a>
        </p>
        {Object.entries(shown.document.paths).map(([path, methods]) =>
          Object.entries(methods).map(([method, operation]) => (
            <details class="card pad" key={`${method} ${path}`}>
              <summary>
                <code>
                  {method.toUpperCase()} {path}
                </code>{' '}
                <span class="muted">{operation.summary}</span> <span class="chip">{operation['x-action']}</span>
              </summary>
              {/* A long schema scrolls inside; the keyboard must reach it. */}
              <pre tabIndex={0} role="group" aria-label={`${method} ${path}`}>
                {JSON.stringify({ body: operation.requestBody, responses: operation.responses }, null, 2)}
              </pre>
            </details>
          )),
        )}
      </main>
    </>
  )
}
