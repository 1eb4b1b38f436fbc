/** A page of the world: the production client of one person on one device, typing; it can sleep, be closed, be killed and be opened again. */
import * as Y from 'yjs'
import type { Base, Entry } from '../../../server/journal/journal.ts'
import type { DraftSync } from '../../../client/sync/draft-sync.ts'
import { keepOpen } from '../../../client/sync/kept-open.ts'
import type { DraftContent } from '../../../shared/drafting/canonical.ts'
import { newDraftDoc } from '../../../shared/drafting/document.ts'
import { readDraft } from '../../../shared/drafting/read.ts'
import { SHORT_TEMPLATE } from '../../../shared/drafting/template.ts'
import { DRAFT } from '../../support/collab-server.ts'
import type { Device } from './device.ts'
import type { Network } from './network.ts'
import { pageFetch } from './page-fetch.ts'
import { pageSocket } from './page-socket.ts'
import type { SimStore } from './store.ts'
import type { Truth } from './truth.ts'
import { Owner, type World } from './world.ts'
import { edit, lettersOf, type Letters } from './writing.ts'

export type PageDeps = {
  readonly world: World
  readonly network: Network
  readonly store: SimStore
  readonly truth: Truth
  readonly letters: Letters
}

/** The text of entries, on a base where there is one. */
export function docOf(entries: readonly Entry[], base: Base | null = null): Y.Doc {
  const doc = newDraftDoc()
  const updates = entries
    .filter(({ kind, seq }) => kind === 'update' && seq > (base?.upTo ?? 0))
    .map(({ bytes }) => bytes)
  Y.applyUpdate(doc, Y.mergeUpdates(base === null ? updates : [base.bytes, ...updates]))
  return doc
}

/** The text that is durable now. */
export function durableDoc(store: SimStore, from: 'entries' | 'base'): Y.Doc {
  const { entries, base } = store.durable(DRAFT.id, DRAFT.generation)
  return docOf(entries, from === 'base' ? base : null)
}

export class Page {
  readonly owner: Owner
  readonly person: string
  readonly device: Device | null
  sync: DraftSync | null = null
  /** Letters typed here. */
  readonly typed: string[] = []
  typing = true
  /** Looks at which it said "saved". */
  saved = 0
  private readonly deps: PageDeps
  private close: () => void = () => undefined
  private own: Uint8Array[] = []

  /** Opens it in a moment. */
  constructor(deps: PageDeps, owner: Owner, person: string, device: Device | null, pause: number) {
    this.deps = deps
    this.owner = owner
    this.person = person
    this.device = device
    owner.device = device?.factory()
    deps.world.after(0, owner, 'open page', () => this.open())
    this.typeAgain(pause)
  }

  /** The page is closed in order; what waits stays on the device. */
  leave(): void {
    this.close()
    this.owner.dead = true
  }

  /** Takes away what it holds of the test's process. */
  clear(): void {
    this.sync?.destroy()
  }

  private open(): void {
    const { world, network } = this.deps
    const options = {
      person: this.person,
      draft: DRAFT.id,
      generation: DRAFT.generation,
      origin: 'http://venue',
      WebSocketClass: pageSocket(world, network, this.person),
      fetch: pageFetch(world, network, this.person),
    }
    const content = (): Promise<DraftContent> => this.serverContent()
    this.close = keepOpen(options, SHORT_TEMPLATE, content, ({ sync }) => this.hear(sync))
  }

  private hear(sync: DraftSync): void {
    const { truth } = this.deps
    if (this.sync !== sync) {
      this.sync = sync
      this.own = []
      sync.back.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin === 'person') this.own.push(update)
      })
    }
    if (sync.status.closed !== null) truth.violate(`${this.owner.name} was closed with ${sync.status.closed}`)
    if (sync.status.save !== 'saved') return
    this.saved += 1
    for (const update of this.own)
      if (!truth.covers(update)) truth.violate(`${this.owner.name} says "saved" of what is not durable`)
    this.own = []
  }

  private typeAgain(pause: number): void {
    const { world, letters } = this.deps
    world.after(world.between(0.2, 1.8) * pause, this.owner, 'type', () => {
      if (!this.typing) return
      const { sync } = this
      if (sync !== null && sync.hasText && sync.status.closed === null) {
        const from = letters.count
        edit(sync.back, world, letters)
        this.typed.push(...letters.since(from))
      }
      this.typeAgain(pause)
    })
  }

  private async serverContent(): Promise<DraftContent> {
    const { world, network, store } = this.deps
    await world.wait(1, 60)
    if (!network.isReachable) throw new Error('not reached')
    return readDraft(durableDoc(store, 'entries'), SHORT_TEMPLATE)
  }
}

/** All letters that pages and devices offer to their writers. */
export function offered(page: Page): string[] {
  const items = [...(page.sync?.status.aside ?? []), ...((page.device?.values('aside') ?? []) as { text: string }[])]
  return items.flatMap(({ text }) => lettersOf(text))
}
