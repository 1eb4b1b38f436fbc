/** A draft on this device: its Y.Doc, the connection, what is not yet saved, and what was refused. The four states are told from here. */
import { readVarString, readVarUint, readVarUint8Array, type Decoder } from 'lib0/decoding'
import { writeVarUint, writeVarUint8Array, type Encoder } from 'lib0/encoding'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { DRAFT_SCHEMA } from '../../shared/drafting/schema-version.ts'
import { asWritten, withFrame } from '../drafting/binding/frames.ts'
import { Asked, frameOf } from './asked.ts'
import { bereftIn, takeBereft, wordsOf, type Waiting } from './bereft.ts'
import { countingSocket } from './counting-socket.ts'
import { deviceStoreName, editIds, openDeviceStore, type DeviceStore, type SetAside } from './device-store.ts'
import { EitherSocket } from './either-socket.ts'
import { httpSocket } from './http-socket.ts'
import { LONG_TEXT, readKept } from './kept-text.ts'
import type { OpenDraft } from './open-draft.ts'
import { sendAsWritten } from './send-as-written.ts'
import { together, withoutEdits } from './set-aside.ts'
import { StoreWatch } from './store-watch.ts'
import { statusOf, type SyncStatus } from './sync-status.ts'
import { UnsentNews } from './unsent-news.ts'
import { UnsentQueue } from './unsent-queue.ts'
import { isOffline, onOffline, onWaking } from './waking.ts'

const MESSAGE = { sync: 0, acknowledged: 100, refused: 101, flush: 102, ping: 103 } as const
const STEP1 = 0
const STEP2 = 1
/** Longest wait for an answer after waking before the connection counts as dead. */
const WAKE_MS = 1_000
/** The refusal behind which edits stay in the queue: the server asks for them when its store is back. */
const STORE_AWAY = 'store-away'

export class DraftSync {
  readonly back: Y.Doc
  readonly awareness: Awareness
  readonly #provider: WebsocketProvider
  readonly #queue: UnsentQueue
  readonly #nextId = editIds()
  readonly #store: DeviceStore
  readonly #asked: Asked
  readonly #listeners = new Set<() => void>()
  readonly #stops: (() => void)[] = []
  #aside: readonly SetAside[]
  #bereft: readonly Waiting[] = []
  #closed: number | null = null
  /** What the server sent while own edits wait for it: yjs emits those with it, and another tab may have given them up. */
  #received: Uint8Array | null = null
  /** Why edits were refused on the visit before: said while their words are offered. */
  #refusedBefore: string | null
  #refused: string | null = null
  /** Opened or woken, and not yet answered. */
  #unsure = true
  /** The first connection is neither made nor failed. */
  #first = true
  #pings = 0
  readonly #unsentNews = new UnsentNews()
  readonly #watch = new StoreWatch(() => this.#tell())
  #wakeTimer: ReturnType<typeof setTimeout> | undefined
  #status: SyncStatus

  private constructor(given: OpenDraft, back: Y.Doc, store: DeviceStore, aside: SetAside[], queue: UnsentQueue) {
    this.back = back
    this.#store = store
    this.#aside = aside
    this.#queue = queue
    this.#refusedBefore = given.refused ?? null
    this.#asked = new Asked(queue, (turn) => this.#provider.ws?.send(frameOf(MESSAGE.flush, turn)))
    this.#provider = this.#connect(given)
    this.awareness = this.#provider.awareness
    this.#status = this.#compute()
    store.watch(() => this.#tell())
    this.#stops.push(
      onWaking(() => this.#wake()),
      onOffline(() => this.#tell()),
      () => this.#unsentNews.stop(),
      () => this.#watch.stop(),
      () => clearTimeout(this.#wakeTimer),
    )
  }

  /** Opens the draft: what the device has is there at once, then the server's. Never rejects: a device that fails keeps nothing. */
  static async open(given: OpenDraft): Promise<DraftSync> {
    const store = await openDeviceStore(deviceStoreName(given))
    const queue = new UnsentQueue((ids) => store.removeUnsent(ids))
    const { doc, unsent } = await readKept(store)
    queue.addEarlier(unsent)
    return new DraftSync(given, doc, store, together(await store.aside(), given.aside ?? []), queue)
  }

  get status(): SyncStatus {
    return this.#status
  }

  /** Whether there is a text to show: from this device or from the server. */
  get hasText(): boolean {
    return this.#provider.synced || this.back.store.clients.size > 0
  }

  /** How many own edits the server has not. */
  get unsent(): number {
    return this.#queue.size + this.#bereft.length
  }

  /** Why edits of this visit are not taken, or null: the server would refuse them again. */
  get refusal(): string | null {
    return this.#refused
  }

  /** The text as it would stand without what the server has not acknowledged. */
  withoutUnsent(): Y.Doc {
    const waiting = this.#queue.edits.map(({ bytes }) => bytes)
    return withoutEdits(this.back, waiting)
  }

  /** Tells of every change of the status until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Keeps words for their writer: shown until dropped, also after a reload. Resolves with whether the device keeps them. */
  async setAside(items: readonly SetAside[]): Promise<boolean> {
    this.#aside = together(this.#aside, items)
    this.#tell()
    const kept = await this.#store.addAside(items).then(
      () => true,
      () => false,
    )
    return kept && this.#store.kind === 'device'
  }

  dropAside(key: string): void {
    this.#store.removeAside(key)
    this.#aside = this.#aside.filter((item) => item.key !== key)
    if (this.#aside.length === 0) this.#refusedBefore = null
    if (this.#aside.length === 0 && this.unsent === 0) this.#refused = null
    this.#tell()
  }

  /** Own edits that the server does not take become words set aside; the device starts afresh from the server. Rejects when it cannot. */
  async exchangeUnsent(words: readonly SetAside[]): Promise<void> {
    // Nothing goes out any more: it would be given up and taken, or be an answer that lacks what was given up.
    this.#provider.disconnect()
    const ids = [...this.#queue.edits, ...this.#bereft].map(({ id }) => id)
    // What was taken over from another tab may stand on what the server has not brought yet.
    const items = [...words, ...wordsOf([...this.#bereft, ...bereftIn(this.back, this.#queue.edits)])]
    await this.#store.exchange(ids, items).catch((error: unknown) => {
      this.#provider.connect()
      throw error
    })
    this.#queue.drop(ids)
    this.#bereft = this.#bereft.filter(({ id }) => !ids.includes(id))
    this.#aside = together(this.#aside, items)
    this.#tell()
  }

  destroy(): void {
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
    this.#provider.destroy()
    this.awareness.destroy()
    this.#store.close()
  }

  #connect(given: OpenDraft): WebsocketProvider {
    const queue = this.#queue
    const changed = (): void => this.#tell()
    const trying = given.WebSocketClass ?? WebSocket
    const byWebSocket = countingSocket(trying, queue)
    const either = new EitherSocket({ byWebSocket, byHttp: countingSocket(httpSocket(given.fetch), queue), trying })
    this.#stops.push(() => either.stop())
    let others = 0
    // Registered before the provider's own listener: an edit is in the queue before its frame goes out.
    this.back.on('update', (emitted: Uint8Array, origin: unknown) => {
      if (origin === this.#provider) {
        this.#store.addOthers(this.#received ?? emitted)
        others += 1
        if (others % LONG_TEXT === 0) this.#store.compact((all) => Y.mergeUpdates(all))
        return
      }
      const bytes = asWritten(emitted, origin)
      const id = this.#nextId()
      queue.add(id, bytes)
      this.#store.addOwn(id, bytes)
      changed()
    })
    const provider = new WebsocketProvider(
      `${given.origin.replace(/^http/, 'ws')}/collab`,
      `${given.draft}.${given.generation}`,
      this.back,
      {
        WebSocketPolyfill: either.Socket,
        params: { ack: '1', schema: String(DRAFT_SCHEMA) },
        // Two tabs are two clients: each has its own acknowledgements.
        disableBc: true,
        maxBackoffTime: 2_000 + Math.random() * 2_000, // so that a room does not come back all at once
      },
    )
    this.#stops.push(sendAsWritten(provider))
    const stock = provider.messageHandlers[MESSAGE.sync]!
    provider.messageHandlers[MESSAGE.sync] = (encoder: Encoder, decoder: Decoder, ...rest) => {
      const before = decoder.pos
      if (readVarUint(decoder) !== STEP1) {
        const update = readVarUint8Array(decoder)
        decoder.pos = before
        const { pendingStructs, pendingDs } = this.back.store
        this.#received = pendingStructs === null && pendingDs === null ? null : update
        return withFrame(this.back, update, () => stock(encoder, decoder, ...rest))
      }
      readVarUint8Array(decoder)
      this.#watch.said(false)
      // The server's text is here: what cannot stand on it may not be sent, and is given up like what was refused.
      this.#bereft = [...this.#bereft, ...takeBereft(this.back, queue)]
      if (this.#bereft.length > 0) this.#refused ??= 'unreadable'
      writeVarUint(encoder, MESSAGE.sync)
      writeVarUint(encoder, STEP2)
      writeVarUint8Array(encoder, queue.merged())
    }
    provider.messageHandlers[MESSAGE.acknowledged] = (_encoder: Encoder, decoder: Decoder) => {
      const before = queue.size
      queue.acknowledged(readVarUint(decoder))
      if (queue.size < before) this.#watch.heard()
      this.#asked.look()
      changed()
    }
    provider.messageHandlers[MESSAGE.refused] = (_encoder: Encoder, decoder: Decoder) => {
      const code = readVarString(decoder)
      readVarUint(decoder)
      if (code === STORE_AWAY) this.#watch.said(true)
      else this.#refused = code
      changed()
    }
    provider.messageHandlers[MESSAGE.flush] = (_encoder: Encoder, decoder: Decoder) => this.#asked.ask(decoder)
    provider.messageHandlers[MESSAGE.ping] = (_encoder: Encoder, decoder: Decoder) => {
      if (readVarUint(decoder) === this.#pings) this.#unsure = false
      changed()
    }
    provider.on('status', ({ status }: { status: string }) => {
      if (status === 'connecting') this.#asked.forget()
      changed()
    })
    // A first attempt that failed closes without ever having been connected.
    provider.on('connection-close', () => (this.#first = false))
    provider.on('connection-error', changed)
    provider.on('sync', (synced: boolean) => {
      if (synced) this.#unsure = this.#first = false
      changed()
    })
    provider.on('closed', ({ code }: { code: number }) => {
      this.#closed = code
      changed()
    })
    return provider
  }

  /** Ping at once; a connection that does not answer is replaced, not waited for. */
  #wake(): void {
    const provider = this.#provider
    if (this.#closed !== null) return
    this.#unsure = true
    this.#tell()
    if (!provider.wsconnected) return this.#reconnect()
    const ping = (this.#pings += 1)
    provider.ws?.send(frameOf(MESSAGE.ping, ping))
    clearTimeout(this.#wakeTimer)
    this.#wakeTimer = setTimeout(() => {
      if (ping === this.#pings && this.#unsure) this.#reconnect()
    }, WAKE_MS)
  }

  #reconnect(): void {
    this.#provider.wsUnsuccessfulReconnects = 0
    this.#provider.disconnect()
    this.#provider.connect()
  }

  #compute(): SyncStatus {
    // A socket may look open for half a minute after the network is gone.
    const connected = this.#provider.wsconnected && !isOffline()
    return statusOf({
      unsent: this.unsent,
      unsure: this.#unsure,
      connected,
      offline: !connected && (!this.#first || isOffline()),
      synced: this.#provider.synced,
      storeAway: this.#watch.isAway,
      memoryOnly: this.#store.kind === 'memory' || this.#store.unkept > 0,
      closed: this.#closed,
      refused: this.#refused ?? (this.#aside.length > 0 ? this.#refusedBefore : null),
      aside: this.#aside,
    })
  }

  #tell(): void {
    this.#watch.look(this.#queue.size)
    this.#status = this.#compute()
    this.#unsentNews.look(this.awareness, this.#queue.size)
    for (const listener of this.#listeners) listener()
  }
}
