/** Writing commands of the embedded store: insert, update, delete, findAndModify. Each change of one document is all or nothing. */
import { ObjectId } from 'bson'
import { allowOnly, countAt, directions, docAt, docsAt, flagAt, textAt, type Command } from './arguments.ts'
import type { Collection } from './catalog.ts'
import type { Documents } from './documents.ts'
import { compileProjection } from './project.ts'
import { Refusal } from './refusal.ts'
import { compileUpdate, seedFromFilter, type Update } from './update.ts'
import { decode, isDoc, type Doc } from './values.ts'
import type { Writer } from './writer.ts'

export function writingCommands(documents: Documents, writer: Writer): Readonly<Record<string, Command>> {
  /** Statements in order; a refused one is reported by its place, and ends an ordered list. */
  function run(given: Doc, statements: readonly Doc[], one: (statement: Doc, at: number) => void): Doc {
    const writeErrors: Doc[] = []
    for (const [index, statement] of statements.entries()) {
      try {
        one(statement, index)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.more })
        if (flagAt(given, 'ordered', true)) break
      }
    }
    return writeErrors.length === 0 ? {} : { writeErrors }
  }

  function upsert(collection: Collection, filter: Doc, update: Update): Doc {
    const doc = identified(update(seedFromFilter(filter), true))
    documents.insert(collection, doc)
    return doc
  }

  return {
    insert: (given, db) => {
      allowOnly(given, 'insert', ['insert', 'documents', 'ordered'])
      const name = textAt(given, 'insert')
      const docs = docsAt(given, 'documents')
      return writer.write(() => {
        const collection = documents.catalog.ensure(db, name)
        let n = 0
        const errors = run(given, docs, (doc) => {
          const dollar = Object.keys(doc).find((field) => field.startsWith('$'))
          if (dollar !== undefined) throw new Refusal(52, `the field ${dollar} is not allowed in a stored document`)
          documents.insert(collection, identified(doc))
          n += 1
        })
        return { n, ...errors }
      })
    },
    update: (given, db) => {
      allowOnly(given, 'update', ['update', 'updates', 'ordered'])
      const name = textAt(given, 'update')
      const updates = docsAt(given, 'updates')
      for (const statement of updates) allowOnly(statement, 'update.updates', ['q', 'u', 'multi', 'upsert'], true)
      return writer.write(() => {
        const upserted: Doc[] = []
        let n = 0
        let nModified = 0
        const errors = run(given, updates, (statement, index) => {
          const filter = docAt(statement, 'q')
          const update = compileUpdate(statement['u'])
          const multi = flagAt(statement, 'multi')
          if (multi && isDoc(statement['u']) && !Object.keys(statement['u'])[0]?.startsWith('$')) {
            throw new Refusal(9, 'multi update is not supported for replacement-style update')
          }
          // A collection that is not there is made by writing into it; the filter is judged all the same.
          const collection = documents.catalog.ensure(db, name)
          const found = documents.find(collection, filter, { limit: multi ? 0 : 1 })
          for (const row of found) {
            if (documents.replace(collection, row, update(row.doc, false))) nModified += 1
            n += 1
          }
          if (found.length === 0 && flagAt(statement, 'upsert')) {
            const doc = upsert(collection, filter, update)
            upserted.push({ index, _id: doc['_id'] })
            n += 1
          }
        })
        return { n, nModified, ...(upserted.length === 0 ? {} : { upserted }), ...errors }
      })
    },
    delete: (given, db) => {
      allowOnly(given, 'delete', ['delete', 'deletes', 'ordered'])
      const name = textAt(given, 'delete')
      const deletes = docsAt(given, 'deletes')
      for (const statement of deletes) allowOnly(statement, 'delete.deletes', ['q', 'limit'], true)
      return writer.write(() => {
        let n = 0
        const errors = run(given, deletes, (statement) => {
          const filter = docAt(statement, 'q')
          const limit = countAt(statement, 'limit') === 1 ? 1 : 0
          const collection = documents.catalog.ensure(db, name)
          for (const row of documents.find(collection, filter, { limit })) {
            documents.remove(collection, row)
            n += 1
          }
        })
        return { n, ...errors }
      })
    },
    findAndModify: (given, db) => {
      allowOnly(given, 'findAndModify', [
        'findAndModify',
        'query',
        'sort',
        'update',
        'remove',
        'new',
        'upsert',
        'fields',
      ])
      const name = textAt(given, 'findAndModify')
      const filter = docAt(given, 'query')
      const removing = flagAt(given, 'remove')
      const project = compileProjection(docAt(given, 'fields')) ?? ((doc: Doc) => doc)
      const update = removing ? undefined : compileUpdate(given['update'])
      const sort = directions(docAt(given, 'sort'), 2)
      return writer.write(() => {
        const collection = documents.catalog.ensure(db, name)
        const [row] = documents.find(collection, filter, { sort, limit: 1 })
        const fresh = flagAt(given, 'new')
        if (row === undefined) {
          if (update === undefined || !flagAt(given, 'upsert'))
            return { lastErrorObject: lastError(removing, 0), value: null }
          const doc = upsert(collection, filter, update)
          return {
            lastErrorObject: { n: 1, updatedExisting: false, upserted: doc['_id'] },
            value: fresh ? project(doc) : null,
          }
        }
        if (update === undefined) {
          documents.remove(collection, row)
          return { lastErrorObject: lastError(true, 1), value: project(row.doc) }
        }
        // The update changes the decoded document in place, so the earlier one is decoded again.
        const before = fresh ? null : project(decode(row.value))
        const after = update(row.doc, false)
        documents.replace(collection, row, after)
        return { lastErrorObject: lastError(false, 1), value: before ?? project(after) }
      })
    },
  }
}

function lastError(removing: boolean, n: number): Doc {
  return removing ? { n } : { n, updatedExisting: n === 1 }
}

/** `_id` first, as MongoDB stores it; a fresh one where it is missing. */
function identified(doc: Doc): Doc {
  return { _id: Object.hasOwn(doc, '_id') ? doc['_id'] : new ObjectId(), ...doc }
}
