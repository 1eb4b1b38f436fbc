/** What this device keeps of one draft beside its text: edits not yet acknowledged, and words set aside. IndexedDB, or memory where it is refused. */

/** One's own words of a clause that the server did not take or that lost their place; kept until dropped. */
export type SetAside = {
  readonly key: string
  readonly section: string | null
  readonly clause: string | null
  readonly text: string
}

export type DeviceStore = {
  /** `memory` when the browser refuses IndexedDB: closing the page then loses what was not sent. */
  readonly kind: 'device' | 'memory'
  unsent(): Promise<{ readonly id: number; readonly bytes: Uint8Array }[]>
  addUnsent(id: number, bytes: Uint8Array): void
  removeUnsent(ids: readonly number[]): void
  aside(): Promise<SetAside[]>
  addAside(item: SetAside): void
  removeAside(key: string): void
  close(): void
}

const UNSENT = 'unsent'
const ASIDE = 'aside'

/** Opens the store named after participant, draft and generation, so that two people on one device never mix. */
export async function openDeviceStore(name: string): Promise<DeviceStore> {
  const database = await open(name)
  return database === null ? memoryStore() : databaseStore(database)
}

/** Numbers that grow across reloads, so that edits keep their order. */
let lastId = Date.now() * 1000
export const nextEditId = (): number => (lastId = Math.max(lastId + 1, Date.now() * 1000))

function open(name: string): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    if (typeof indexedDB === 'undefined') return resolve(null)
    let request: IDBOpenDBRequest
    try {
      request = indexedDB.open(name, 1)
    } catch {
      // Some private windows throw here instead of failing the request.
      return resolve(null)
    }
    request.onupgradeneeded = () => {
      request.result.createObjectStore(UNSENT)
      request.result.createObjectStore(ASIDE)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => resolve(null)
    request.onblocked = () => resolve(null)
  })
}

function databaseStore(database: IDBDatabase): DeviceStore {
  const store = (name: string, mode: IDBTransactionMode) => database.transaction(name, mode).objectStore(name)
  const all = <Value>(name: string): Promise<[IDBValidKey, Value][]> =>
    new Promise((resolve, reject) => {
      const found: [IDBValidKey, Value][] = []
      const request = store(name, 'readonly').openCursor()
      request.onerror = () => reject(request.error ?? new Error('reading the device store failed'))
      request.onsuccess = () => {
        const cursor = request.result
        if (cursor === null) return resolve(found)
        found.push([cursor.key, cursor.value as Value])
        cursor.continue()
      }
    })
  return {
    kind: 'device',
    unsent: async () => (await all<Uint8Array>(UNSENT)).map(([key, bytes]) => ({ id: Number(key), bytes })),
    addUnsent: (id, bytes) => void store(UNSENT, 'readwrite').put(bytes, id),
    removeUnsent(ids) {
      const unsent = store(UNSENT, 'readwrite')
      for (const id of ids) unsent.delete(id)
    },
    aside: async () => (await all<SetAside>(ASIDE)).map(([, item]) => item),
    addAside: (item) => void store(ASIDE, 'readwrite').put(item, item.key),
    removeAside: (key) => void store(ASIDE, 'readwrite').delete(key),
    close: () => database.close(),
  }
}

function memoryStore(): DeviceStore {
  const unsent = new Map<number, Uint8Array>()
  const aside = new Map<string, SetAside>()
  return {
    kind: 'memory',
    unsent: async () => [...unsent].map(([id, bytes]) => ({ id, bytes })),
    addUnsent: (id, bytes) => void unsent.set(id, bytes),
    removeUnsent: (ids) => ids.forEach((id) => unsent.delete(id)),
    aside: async () => [...aside.values()],
    addAside: (item) => void aside.set(item.key, item),
    removeAside: (key) => void aside.delete(key),
    close: () => undefined,
  }
}
