/** Hocuspocus 3.4 with its Database extension over our SQLite library, everything else as it comes. */
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'
import { DatabaseSync } from '@photostructure/sqlite'

const db = new DatabaseSync(process.env.FILE ?? ':memory:')
db.exec('PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, data BLOB NOT NULL)')
// A database that nobody refers to is closed by the garbage collector.
globalThis.benchDatabase = db
const select = db.prepare('SELECT data FROM documents WHERE name = ?')
const upsert = db.prepare(
  'INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data',
)
const server = new Server({
  address: '127.0.0.1',
  port: Number(process.env.PORT),
  quiet: true,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => select.get(documentName)?.data ?? null,
      store: async ({ documentName, state }) => {
        upsert.run(documentName, state)
      },
    }),
  ],
})
await server.listen()
console.log(JSON.stringify({ port: Number(process.env.PORT) }))
