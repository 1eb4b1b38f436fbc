/** The one store of the server: records through mongoose and the journal beside them, embedded or in MongoDB. */
import mongoose from 'mongoose'
import { createEmbeddedJournal } from '../journal/embedded-journal.ts'
import type { Journal } from '../journal/journal.ts'
import { createMongodbJournal } from '../journal/mongodb-journal.ts'
import { openAdminSocket } from './admin-socket.ts'
import { healthOfMongodb, MONGODB_OPTIONS, type StoreHealth } from './mongodb-options.ts'
import { startEmbedded } from './embedded/start.ts'
import { StoreError } from './store-error.ts'

export type Store = {
  /** Models are made on it: `connection.model(name, schema)`. */
  readonly connection: mongoose.Connection
  readonly journal: Journal
  readonly where: 'embedded' | 'mongodb'
  /** Whether it answers now, and what "saved" means on it; resolves within three seconds. */
  readonly health: () => Promise<StoreHealth>
  /** Writes a copy of everything to `file`, while serving goes on. MongoDB: rejects with StoreError unsupported. */
  readonly backup: (file: string) => Promise<void>
  readonly close: () => Promise<void>
}

export type StoreOptions = {
  /** Folder of the embedded store; made when it is not there. */
  readonly dataDir: string
  /** A real MongoDB instead. */
  readonly mongodbUri?: string | undefined
  /** Damage and engine failures: one line for the log. */
  readonly loud?: (line: string) => void
  /** The embedded store ended by itself. By default the line is printed and the process ends with 1. */
  readonly fatal?: (error: StoreError) => void
}

/** Opens the store and starts answering. Throws StoreError with one clear line. */
export async function openStore({ dataDir, mongodbUri, loud = complain, fatal = die }: StoreOptions): Promise<Store> {
  return mongodbUri === undefined ? openEmbedded(dataDir, loud, fatal) : openMongodb(mongodbUri)
}

function complain(line: string): void {
  console.error(`store: ${line}`)
}

function die(error: StoreError): void {
  console.error(`store: ${error.message}`)
  process.exit(1)
}

async function openEmbedded(
  dataDir: string,
  loud: (line: string) => void,
  fatal: (error: StoreError) => void,
): Promise<Store> {
  const embedded = await startEmbedded({ dataDir, loud, fatal })
  const backup = (file: string): Promise<void> => embedded.call('backup', file)
  try {
    const connection = await mongoose
      .createConnection(embedded.uri, { maxPoolSize: 50, serverSelectionTimeoutMS: 5000 })
      .asPromise()
    const admin = await openAdminSocket(dataDir, backup)
    return {
      connection,
      journal: createEmbeddedJournal(embedded.call),
      where: 'embedded',
      health: async () =>
        connection.readyState === 1 ? { answers: true, saved: 'one-file' } : { answers: false, saved: 'nothing' },
      backup,
      close: async () => {
        await admin.close()
        await connection.close()
        await embedded.close()
      },
    }
  } catch (error) {
    await embedded.close()
    throw error
  }
}

async function openMongodb(uri: string): Promise<Store> {
  const connection = mongoose.createConnection(uri, MONGODB_OPTIONS)
  try {
    await connection.asPromise()
    const { db } = connection
    if (db === undefined) throw new Error('no database')
    return {
      connection,
      journal: await createMongodbJournal(db),
      where: 'mongodb',
      health: () => healthOfMongodb(connection),
      backup: () =>
        Promise.reject(
          new StoreError('unsupported', 'this server keeps its data in MongoDB: back it up with mongodump'),
        ),
      close: () => connection.close(),
    }
  } catch (error) {
    await connection.close()
    const words = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new StoreError('unreachable', `the database at MONGODB_URI (${hostsOf(uri)}) does not answer: ${words}`)
  }
}

/** The hosts of an address, without name and password. */
function hostsOf(uri: string): string {
  return /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^/?]*)/.exec(uri)?.[1] ?? '?'
}
