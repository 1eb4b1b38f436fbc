/** Copies of a data folder, out and in: what `npm run backup` and `npm run restore` do. */
import { copyFileSync, existsSync, openSync, fsyncSync, linkSync, closeSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { askForBackup } from './admin-socket.ts'
import { checkAll } from './embedded/check.ts'
import { openKv } from './embedded/kv.ts'
import { prepareFolder, STORE_FILE } from './embedded/start.ts'
import { StoreError } from './store-error.ts'

/**
 * Writes a copy of the folder's data to `file` (absolute). A running server is asked, since its store admits no second process.
 * Throws StoreError not-here, locked, damaged, unwritable or failed.
 */
export async function backupFolder(dataDir: string, file: string): Promise<'running' | 'stopped'> {
  if (!existsSync(dirname(file))) throw new StoreError('unwritable', `the folder ${dirname(file)} is not there`)
  if (existsSync(file)) throw new StoreError('occupied', `${file} is there already: name a new file`)
  if ((await askForBackup(dataDir, file)) === 'done') return 'running'
  const stored = join(dataDir, STORE_FILE)
  if (!existsSync(stored)) throw new StoreError('not-here', `the folder ${dataDir} has no data`)
  const kv = openKv(stored)
  try {
    await kv.backup(file)
  } finally {
    kv.close()
  }
  return 'stopped'
}

/**
 * Puts a copy into an empty or stopped folder; data that was there is moved aside and its new name returned. The copy is read
 * whole first: a damaged one changes nothing. Throws StoreError locked while a server has the folder.
 */
export async function restoreFolder(dataDir: string, file: string): Promise<string | null> {
  if (!existsSync(file)) throw new StoreError('not-here', `${file} is not there`)
  prepareFolder(dataDir)
  const stored = join(dataDir, STORE_FILE)
  const fresh = `${stored}.restoring`
  rmSync(fresh, { force: true })
  try {
    copyFileSync(file, fresh)
    const copy = openKv(fresh)
    try {
      checkAll(copy)
    } finally {
      copy.close()
    }
    if (existsSync(stored)) settle(stored)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
  const aside = existsSync(stored) ? keepAside(stored) : null
  renameSync(fresh, stored)
  syncFolder(dataDir)
  return aside
}

/** A second name for the file that is there: at no moment is the folder without one. */
function keepAside(stored: string): string {
  const aside = `${stored}.before-restore-${new Date().toISOString().replaceAll(':', '-')}`
  // A log left beside the restored file would be read into it.
  if (existsSync(`${stored}-wal`)) renameSync(`${stored}-wal`, `${aside}-wal`)
  linkSync(stored, aside)
  return aside
}

/** Proves that no server has the file, and brings a log left by a killed one into it. A damaged file may be replaced. */
function settle(stored: string): void {
  try {
    openKv(stored).close()
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'damaged') throw error
  }
}

/** Makes the renames durable. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
