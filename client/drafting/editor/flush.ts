/** The one place where the editor reaches into prosemirror-view, which is why that package is pinned; the typing test watches it. */
import type { EditorView } from 'prosemirror-view'

type DomObserver = { forceFlush(): void; flush(): void }

function observerOf(view: EditorView): DomObserver {
  return (view as unknown as { readonly domObserver: DomObserver }).domObserver
}

/** Reads now what the browser wrote into the page: on Android a deletion is read 20 ms late, and an arrow key's selection too. */
export function flushTyping(view: EditorView): void {
  const observer = observerOf(view)
  observer.forceFlush()
  observer.flush()
}
