/** What this device keeps of one draft: its text, edits not yet acknowledged, words set aside. IndexedDB, or memory where it is refused. */

/** One's own words of a clause that the server did not take or that lost their place; kept until dropped. */
export type SetAside = {
  readonly key: string
  readonly section: string | null
  readonly clause: string | null
  readonly text: string
}

/** Names an edit on this device, in every tab and on every visit: clocks may be wrong, and two tabs type in one millisecond. */
export type EditId = string | number

export type DeviceStore = {
  /** `memory` when the browser refuses IndexedDB: closing the page then loses what was not sent. */
  readonly kind: 'device' | 'memory'
  /** Own edits that the device could not keep (full, or taken away by the browser); tried again with the next one. */
  readonly unkept: number
  /** Calls `changed` when `unkept` changes. */
  watch(changed: () => void): void
  /**
   * The text as updates, in any order, and what of it is unsent; empty when it cannot be read. Both as they stood at one moment: another
   * tab may give edits up in between, and a text that has them while nothing waits would differ from everybody's for ever.
   */
  kept(): Promise<{
    readonly text: Uint8Array[]
    readonly unsent: { readonly id: EditId; readonly bytes: Uint8Array }[]
  }>
  /** An own edit, in the text and among the unsent at once: a page that is killed leaves both or neither. */
  addOwn(id: EditId, bytes: Uint8Array): void
  addOthers(bytes: Uint8Array): void
  /** The whole text in the place of its updates so far. */
  compact(merge: (updates: Uint8Array[]) => Uint8Array): void
  removeUnsent(ids: readonly EditId[]): void
  aside(): Promise<SetAside[]>
  addAside(items: readonly SetAside[]): Promise<void>
  removeAside(key: string): void
  /** Edits that were refused become words set aside, and the text starts afresh: all of it or nothing, but a full device lets go of the words. */
  exchange(ids: readonly EditId[], items: readonly SetAside[]): Promise<void>
  /** Removes everything. */
  clear(): Promise<void>
  close(): void
}

const TEXT = 'text'
const UNSENT = 'unsent'
const ASIDE = 'aside'
/** Some browsers never answer; nobody waits longer than this for the device's own copy. */
const OPEN_MS = 3_000

/** What the store of a draft is called. */
export function deviceStoreName(given: {
  readonly person: string
  readonly draft: string
  readonly generation: number
}): string {
  return `rangruam:${given.person}:${given.draft}.${given.generation}:unsent`
}

/** Opens the store named after participant, draft and generation, so that two people on one device never mix. */
export async function openDeviceStore(name: string): Promise<DeviceStore> {
  const database = await open(name)
  return database === null ? memoryStore() : databaseStore(database)
}

/** Names the edits of one opening of a draft. The device reads edits in the order of their ids, as strings: one opening's sort as they were made. */
export function editIds(): () => EditId {
  const part = (): string => Math.random().toString(36).slice(2)
  const visit = `${part()}${part()}`
  let count = 0
  return () => `${visit}:${String((count += 1)).padStart(9, '0')}`
}

function open(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(null)
    let request: IDBOpenDBRequest
    try {
      request = indexedDB.open(name, 2)
    } catch {
      // Some private windows throw here instead of failing the request.
      return resolve(null)
    }
    let late = false
    const giveUp = (): void => {
      late = true
      resolve(null)
    }
    const timer = setTimeout(giveUp, OPEN_MS)
    request.onupgradeneeded = () => {
      const { result } = request
      for (const store of [UNSENT, ASIDE]) if (!result.objectStoreNames.contains(store)) result.createObjectStore(store)
      if (!result.objectStoreNames.contains(TEXT)) result.createObjectStore(TEXT, { autoIncrement: true })
    }
    request.onsuccess = () => {
      clearTimeout(timer)
      if (late) request.result.close()
      else resolve(request.result)
    }
    request.onerror = giveUp
    request.onblocked = giveUp
  })
}

function databaseStore(database: IDBDatabase): DeviceStore {
  /** Own edits whose write was refused. */
  const refused = new Map<EditId, Uint8Array>()
  let changed = (): void => undefined
  // Another tab of a newer version, or the browser clearing its data: writes fail from then on, and say so.
  database.onversionchange = () => database.close()

  /** One transaction; rejects when it was not kept, also when it could not begin. */
  function write(names: string[], work: (store: (name: string) => IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const failed = (): void => reject(new Error('the device did not keep it'))
      try {
        const transaction = database.transaction(names, 'readwrite')
        transaction.oncomplete = () => resolve()
        transaction.onabort = failed
        work((name) => transaction.objectStore(name))
      } catch {
        failed()
      }
    })
  }
  /** The rows of several stores, as they stand at one moment. */
  function all(names: string[]): Promise<[IDBValidKey, unknown][][]> {
    return new Promise((resolve) => {
      const found = names.map((): [IDBValidKey, unknown][] => [])
      // What cannot be read is not there: the server's text comes all the same.
      const settle = (): void => resolve(found)
      try {
        const transaction = database.transaction(names, 'readonly')
        transaction.oncomplete = settle
        transaction.onabort = settle
        names.forEach((name, at) => {
          const request = transaction.objectStore(name).openCursor()
          request.onsuccess = () => {
            const cursor = request.result
            if (cursor === null) return
            found[at]?.push([cursor.key, cursor.value])
            cursor.continue()
          }
        })
      } catch {
        settle()
      }
    })
  }
  const exchange = (ids: readonly EditId[], items: readonly SetAside[]): Promise<void> =>
    write([TEXT, UNSENT, ASIDE], (store) => {
      for (const item of items) store(ASIDE).put(item, item.key)
      for (const id of ids) store(UNSENT).delete(id)
      store(TEXT).clear()
    })
  /** For what may fail without harm: others' text comes again, what is acknowledged may be sent again. */
  const freely = (kept: Promise<void>): void => void kept.catch(() => undefined)

  return {
    kind: 'device',
    get unkept() {
      return refused.size
    },
    watch(listener) {
      changed = listener
    },
    async kept() {
      const [text = [], unsent = []] = await all([TEXT, UNSENT])
      return {
        text: text.map(([, bytes]) => bytes as Uint8Array),
        unsent: unsent.map(([id, bytes]) => ({ id: id as EditId, bytes: bytes as Uint8Array })),
      }
    },
    addOwn(id, bytes) {
      const edits = new Map([...refused, [id, bytes]])
      write([TEXT, UNSENT], (store) => {
        for (const [key, value] of edits) {
          store(TEXT).add(value)
          store(UNSENT).put(value, key)
        }
      }).then(
        () => {
          if (refused.size === 0) return
          for (const key of edits.keys()) refused.delete(key)
          changed()
        },
        () => {
          refused.set(id, bytes)
          changed()
        },
      )
    },
    addOthers: (bytes) => freely(write([TEXT], (store) => void store(TEXT).add(bytes))),
    compact: (merge) =>
      freely(
        write([TEXT], (store) => {
          const request = store(TEXT).getAll() as IDBRequest<Uint8Array[]>
          request.onsuccess = () => {
            const whole = merge(request.result)
            store(TEXT).clear()
            store(TEXT).add(whole)
          }
        }),
      ),
    removeUnsent(ids) {
      for (const id of ids) refused.delete(id)
      freely(
        write([UNSENT], (store) => {
          for (const id of ids) store(UNSENT).delete(id)
        }),
      )
    },
    aside: async () => (await all([ASIDE])).flat().map(([, item]) => item as SetAside),
    addAside: (items) =>
      write([ASIDE], (store) => {
        for (const item of items) store(ASIDE).put(item, item.key)
      }),
    removeAside: (key) => freely(write([ASIDE], (store) => void store(ASIDE).delete(key))),
    exchange: (ids, items) => exchange(ids, items).catch(() => exchange(ids, [])),
    clear: () =>
      write([TEXT, UNSENT, ASIDE], (store) => {
        for (const name of [TEXT, UNSENT, ASIDE]) store(name).clear()
      }),
    close: () => database.close(),
  }
}

/** Keeps nothing: the page itself holds edits and words until it closes. */
function memoryStore(): DeviceStore {
  return {
    kind: 'memory',
    unkept: 0,
    watch: () => undefined,
    kept: async () => ({ text: [], unsent: [] }),
    addOwn: () => undefined,
    addOthers: () => undefined,
    compact: () => undefined,
    removeUnsent: () => undefined,
    aside: async () => [],
    addAside: async () => undefined,
    removeAside: () => undefined,
    exchange: async () => undefined,
    clear: async () => undefined,
    close: () => undefined,
  }
}
