/** Preloaded by durable.test.ts into a server process: SQLite there does not sync. Shows that the look at the system calls finds a missing sync. */
'use strict'
const { dlopen } = process
process.dlopen = function (module, ...more) {
  dlopen.call(process, module, ...more)
  const { DatabaseSync } = module.exports
  if (DatabaseSync === undefined) return
  class Unsynced extends DatabaseSync {
    exec(sql) {
      return super.exec(sql.replace('synchronous=FULL', 'synchronous=OFF'))
    }
  }
  module.exports = { ...module.exports, DatabaseSync: Unsynced }
}
