/** What the cases of the store's contract stand on: a fresh collection each, and short ways to ask it. */
import mongoose, { type Connection } from 'mongoose'

export type Doc = Record<string, unknown>
export type Bench = {
  readonly connection: Connection
  /** A fresh collection. */
  readonly collection: mongoose.mongo.Collection<Doc>
}
export type StoreCase = {
  readonly title: string
  readonly run: (bench: Bench) => Promise<void>
  /** Why the reference server cannot be asked: a fault of its own. */
  readonly referenceFault?: string
  /** Asks for a refusal that only the embedded store gives. */
  readonly embeddedOnly?: string
}

/** A list of cases and the word that adds one. */
export function caseList(): {
  readonly cases: StoreCase[]
  readonly it: (title: string, run: StoreCase['run'], not?: Omit<StoreCase, 'title' | 'run'>) => void
} {
  const cases: StoreCase[] = []
  return { cases, it: (title, run, not = {}) => void cases.push({ title, run, ...not }) }
}

/** The ids that a filter finds, by id or by a sort. */
export async function ids(bench: Bench, filter: object, sort?: Record<string, 1 | -1>): Promise<unknown[]> {
  const found = await bench.collection.find(filter as Doc, { sort: sort ?? { _id: 1 } }).toArray()
  return found.map(({ _id }) => _id)
}

/** Puts documents in, numbered from 1. */
export async function filled(bench: Bench, docs: readonly object[]): Promise<void> {
  await bench.collection.insertMany(docs.map((doc, at) => ({ _id: at + 1, ...doc })) as never)
}

/** The code with which something is refused; 0 when it is not. */
export async function code(work: Promise<unknown>): Promise<number> {
  try {
    await work
  } catch (error) {
    return (error as { code: number }).code
  }
  return 0
}

/** What an update makes of a document, without its id. */
export async function updated(bench: Bench, doc: object, update: object): Promise<unknown> {
  await bench.collection.insertOne({ _id: 1, ...doc } as never)
  await bench.collection.updateOne({ _id: 1 } as never, update)
  const { _id, ...rest } = (await bench.collection.findOne({ _id: 1 } as never)) ?? {}
  return rest
}
