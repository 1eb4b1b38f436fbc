/** A writer with the product's editor, connection and device store. */
import { mountEditor } from '../../../client/drafting/editor/mount-editor.ts'
import { presenceOf } from '../../../client/drafting/presence.ts'
import { DraftSync } from '../../../client/sync/draft-sync.ts'
import { canonicalJson } from '../../../shared/drafting/canonical-json.ts'
import { newDraftDoc } from '../../../shared/drafting/document.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { th } from '../../../shared/texts/th/index.ts'
import { Line } from './line.ts'
import type { Writer } from './writer.ts'

/** Opens `draft` as the `place`th writer; resolves when the server's text is there. */
export async function openOurs(draft: string, place: number, clientID: number): Promise<Writer> {
  const line = new Line()
  const sync = await DraftSync.open({
    person: `writer${place}`,
    draft,
    generation: 1,
    origin: location.origin,
    WebSocketClass: line.Socket,
    // The line carries WebSockets; a spell without it is one without HTTP.
    fetch: () => Promise.reject(new TypeError('no HTTP on this line')),
  })
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (sync.hasText) resolve()
    }
    sync.subscribe(look)
    look()
  })
  const host = document.createElement('div')
  document.querySelector('#host')?.append(host)
  const front = newDraftDoc()
  front.clientID = clientID
  let offered = ''
  let putBack = 0
  const editor = mountEditor({
    host,
    front,
    back: sync.back,
    template: SHORT_TEMPLATE,
    editable: true,
    presence: presenceOf(sync.awareness),
    onOffer: ({ text }) => (offered += text),
    texts: th,
    touch: false,
  })
  const { view, binding, commands } = editor
  front.on('afterTransaction', ({ origin, beforeState, afterState }) => {
    if (origin === binding.mending) putBack += (afterState.get(clientID) ?? 0) - (beforeState.get(clientID) ?? 0)
  })
  const read = (doc: typeof front): string => canonicalJson(readDraft(doc, SHORT_TEMPLATE))
  return {
    view,
    line,
    setKind: (kind) => commands.setKind(kind),
    move: (by) => (by < 0 ? commands.moveUp() : commands.moveDown()),
    remove: () => commands.removeClause(),
    reconnect: () => dispatchEvent(new Event('online')),
    offered: () => offered,
    putBack: () => putBack,
    refused: () => sync.status.refused,
    redraws: () => binding.redraws,
    unsettled: () => sync.unsent + editor.waiting(),
    content: () => read(sync.back),
    viewAgrees: () => view.state.doc.eq(binding.render()) && (editor.waiting() > 0 || read(front) === read(sync.back)),
    destroy() {
      editor.destroy()
      sync.destroy()
      front.destroy()
      host.remove()
      indexedDB.deleteDatabase(`rangruam:writer${place}:${draft}.1:unsent`)
    },
  }
}
