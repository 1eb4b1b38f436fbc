/** When a draft's journal was abandoned and begun anew, what this device had not sent to the old one is offered to its writer. */
import type { DraftContent } from '../../shared/drafting/canonical.ts'
import { readDraft } from '../../shared/drafting/read.ts'
import type { Template } from '../../shared/drafting/template.ts'
import { bereftIn, wordsOf } from './bereft.ts'
import { deviceStoreName, openDeviceStore } from './device-store.ts'
import type { DraftSync } from './draft-sync.ts'
import { readKept } from './kept-text.ts'
import type { OpenDraft } from './open-draft.ts'
import { differencesBetween, withoutEdits } from './set-aside.ts'

/** A journal is abandoned once in a very long while. */
const MOST_BACK = 3

/** Sets aside in `sync` what stores of earlier generations still hold, then empties them; what cannot be done now is done next time. */
export async function takeOverOlder(
  { person, draft, generation }: OpenDraft,
  template: Template,
  sync: DraftSync,
  serverContent: () => Promise<DraftContent>,
): Promise<void> {
  for (let older = generation - 1; older >= Math.max(1, generation - MOST_BACK); older--) {
    const store = await openDeviceStore(deviceStoreName({ person, draft, generation: older }))
    try {
      const { doc, unsent } = await readKept(store)
      const aside = await store.aside()
      const updates = unsent.map(({ bytes }) => bytes)
      const words =
        unsent.length === 0
          ? []
          : differencesBetween(
              readDraft(doc, template),
              await serverContent(),
              readDraft(withoutEdits(doc, updates), template),
            )
      const items = [...aside, ...words, ...wordsOf(bereftIn(doc, unsent))]
      if (items.length === 0 || (await sync.setAside(items))) await store.clear()
    } finally {
      store.close()
    }
  }
}
