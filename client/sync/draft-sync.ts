/** A draft on this device: its Y.Doc, the connection, what is not yet saved, and what was refused. The four states are told from here. */
import { readVarString, readVarUint, readVarUint8Array, type Decoder } from 'lib0/decoding'
import { writeVarUint, writeVarUint8Array, type Encoder } from 'lib0/encoding'
import type { Awareness } from 'y-protocols/awareness'
import { IndexeddbPersistence } from 'y-indexeddb'
import { WebsocketProvider } from 'y-websocket'
import { applyUpdate } from 'yjs'
import type * as Y from 'yjs'
import { newDraftDoc } from '../../shared/drafting/document.ts'
import { withFrame } from '../drafting/binding/frames.ts'
import { nextEditId, openDeviceStore, type DeviceStore, type SetAside } from './device-store.ts'
import { UnsentQueue } from './unsent-queue.ts'
import { isOffline, onOffline, onWaking } from './waking.ts'

const MESSAGE = { sync: 0, acknowledged: 100, refused: 101 } as const
const STEP1 = 0
const STEP2 = 1
const UPDATE = 2
/** Reconnecting waits between two and four seconds at most, drawn once, so that a room does not come back all at once. */
const backoff = (): number => 2_000 + Math.random() * 2_000
/** Longest wait for an answer after waking before the connection counts as dead. */
const WAKE_MS = 1_000

export type SaveState = 'sending' | 'saved' | 'local' | 'failed'

export type SyncStatus = {
  readonly save: SaveState
  readonly connected: boolean
  /** The server's text has been seen on this visit. */
  readonly synced: boolean
  /** This device keeps nothing when the page closes. */
  readonly memoryOnly: boolean
  /** Why the server ended the connection for good (4400-4499), or null. */
  readonly closed: number | null
  /** Why an edit was refused, or null. */
  readonly refused: string | null
  readonly aside: readonly SetAside[]
}

export type OpenDraft = {
  /** Names the device's store; people who share a device stay apart. */
  readonly person: string
  readonly draft: string
  readonly generation: number
  /** Origin of the server, as `location.origin`. */
  readonly origin: string
  /** Why edits of the visit before were refused; shown until the words set aside are dropped. */
  readonly refused?: string
  /** For tests outside a browser. */
  readonly WebSocketClass?: typeof WebSocket
}

export class DraftSync {
  readonly back: Y.Doc
  readonly awareness: Awareness
  readonly #provider: WebsocketProvider
  readonly #queue: UnsentQueue
  readonly #store: DeviceStore
  readonly #persistence: IndexeddbPersistence | null
  readonly #listeners = new Set<() => void>()
  readonly #stops: (() => void)[] = []
  #aside: readonly SetAside[]
  #closed: number | null = null
  #refused: string | null = null
  #status: SyncStatus

  private constructor(
    given: OpenDraft,
    back: Y.Doc,
    store: DeviceStore,
    persistence: IndexeddbPersistence | null,
    aside: SetAside[],
    queue: UnsentQueue,
  ) {
    this.back = back
    this.#store = store
    this.#persistence = persistence
    this.#aside = aside
    this.#queue = queue
    this.#refused = given.refused ?? null
    this.#provider = this.#connect(given)
    this.awareness = this.#provider.awareness
    this.#status = this.#compute()
    this.#stops.push(
      onWaking(() => this.#wake()),
      onOffline(() => this.#tell()),
    )
  }

  /** Opens the draft: what the device has is there at once, then the server's. */
  static async open(given: OpenDraft): Promise<DraftSync> {
    const name = `rangruam:${given.person}:${given.draft}.${given.generation}`
    const store = await openDeviceStore(`${name}:unsent`)
    const back = newDraftDoc()
    const queue = new UnsentQueue((ids) => store.removeUnsent(ids))
    let persistence: IndexeddbPersistence | null = null
    if (store.kind === 'device') {
      persistence = new IndexeddbPersistence(name, back)
      await persistence.whenSynced
    }
    const earlier = await store.unsent()
    // A page that was killed may have stored an edit here and not in the text's own store.
    for (const { bytes } of earlier) applyUpdate(back, bytes)
    queue.addEarlier(earlier)
    return new DraftSync(given, back, store, persistence, await store.aside(), queue)
  }

  get status(): SyncStatus {
    return this.#status
  }

  /** Whether there is a text to show: from this device or from the server. */
  get hasText(): boolean {
    return this.#provider.synced || this.back.store.clients.size > 0
  }

  /** How many own edits the server has not acknowledged. */
  get unsent(): number {
    return this.#queue.size
  }

  /** Tells of every change of the status until the returned function is called. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Keeps words for their writer: shown until dropped, also after a reload. */
  setAside(items: readonly SetAside[]): void {
    for (const item of items) this.#store.addAside(item)
    this.#aside = [...this.#aside, ...items]
    this.#tell()
  }

  dropAside(key: string): void {
    this.#store.removeAside(key)
    this.#aside = this.#aside.filter((item) => item.key !== key)
    if (this.#aside.length === 0) this.#refused = null
    this.#tell()
  }

  /** Own edits on this device that the server does not have; after they were set aside the device starts afresh from the server. */
  async forgetUnsent(): Promise<void> {
    this.#queue.clear()
    await this.#persistence?.clearData()
    this.#tell()
  }

  destroy(): void {
    for (const stop of this.#stops) stop()
    this.#listeners.clear()
    this.#provider.destroy()
    this.awareness.destroy()
    void this.#persistence?.destroy()
    this.#store.close()
  }

  #connect(given: OpenDraft): WebsocketProvider {
    const queue = this.#queue
    const changed = (): void => this.#tell()
    // Registered before the provider's own listener: an edit is in the queue before its frame goes out.
    this.back.on('update', (bytes: Uint8Array, origin: unknown) => {
      // Without a device store `#persistence` is null, and so is the origin of own edits.
      if (origin === this.#provider || (origin !== null && origin === this.#persistence)) return
      const id = nextEditId()
      queue.add(id, bytes)
      this.#store.addUnsent(id, bytes)
      changed()
    })
    const Base = given.WebSocketClass ?? WebSocket
    /** Counts the frames that carry edits, on this connection. */
    class CountingSocket extends Base {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        queue.connected()
      }
      override send(data: string | ArrayBufferLike | Blob | ArrayBufferView<ArrayBufferLike>): void {
        const bytes = data instanceof Uint8Array ? data : null
        if (bytes?.[0] === MESSAGE.sync && bytes[1] === STEP2) queue.sentAll()
        if (bytes?.[0] === MESSAGE.sync && bytes[1] === UPDATE) queue.sentNewest()
        super.send(data as ArrayBufferView<ArrayBuffer>)
      }
    }
    const provider = new WebsocketProvider(
      `${given.origin.replace(/^http/, 'ws')}/collab`,
      `${given.draft}.${given.generation}`,
      this.back,
      {
        WebSocketPolyfill: CountingSocket as typeof WebSocket,
        params: { ack: '1' },
        // Two tabs are two clients: each has its own acknowledgements.
        disableBc: true,
        maxBackoffTime: backoff(),
      },
    )
    const stock = provider.messageHandlers[MESSAGE.sync]!
    provider.messageHandlers[MESSAGE.sync] = (encoder: Encoder, decoder: Decoder, ...rest) => {
      const before = decoder.pos
      if (readVarUint(decoder) !== STEP1) {
        const update = readVarUint8Array(decoder)
        decoder.pos = before
        return withFrame(this.back, update, () => stock(encoder, decoder, ...rest))
      }
      readVarUint8Array(decoder)
      writeVarUint(encoder, MESSAGE.sync)
      writeVarUint(encoder, STEP2)
      writeVarUint8Array(encoder, queue.merged())
    }
    provider.messageHandlers[MESSAGE.acknowledged] = (_encoder: Encoder, decoder: Decoder) => {
      queue.acknowledged(readVarUint(decoder))
      changed()
    }
    provider.messageHandlers[MESSAGE.refused] = (_encoder: Encoder, decoder: Decoder) => {
      this.#refused = readVarString(decoder)
      readVarUint(decoder)
      changed()
    }
    provider.on('status', changed)
    provider.on('sync', changed)
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
    if (!provider.wsconnected) return this.#reconnect()
    const heard = provider.wsLastMessageReceived
    provider.ws?.send(new Uint8Array([MESSAGE.sync, STEP1, 1, 0]))
    setTimeout(() => {
      if (provider.wsLastMessageReceived === heard) this.#reconnect()
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
    const waiting = this.#queue.size > 0
    const failed = this.#closed !== null || this.#refused !== null
    const save: SaveState =
      failed && (waiting || this.#aside.length > 0) ? 'failed' : waiting ? (connected ? 'sending' : 'local') : 'saved'
    return {
      save,
      connected,
      synced: this.#provider.synced,
      memoryOnly: this.#store.kind === 'memory',
      closed: this.#closed,
      refused: this.#refused,
      aside: this.#aside,
    }
  }

  #tell(): void {
    this.#status = this.#compute()
    for (const listener of this.#listeners) listener()
  }
}
