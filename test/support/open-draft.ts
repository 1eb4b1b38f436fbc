/** The draft of the document port of tests as a page has it open, with the product's own client, in a plain process. */
import { DraftSync } from '../../client/sync/draft-sync.ts'
import { DRAFT, socketOf } from './collab-server.ts'
import { fetchWith } from './raw-http-client.ts'

/** `who` is the person too; `port` is the server's, or that of what stands before it. */
export function openDraft(port: number, who: string): Promise<DraftSync> {
  return DraftSync.open({
    person: who,
    draft: DRAFT.id,
    generation: DRAFT.generation,
    origin: `http://127.0.0.1:${port}`,
    WebSocketClass: socketOf(who),
    fetch: fetchWith({ cookie: `who=${who}` }),
  })
}
