/** `npm run backup -- FILE`: a copy of everything, from the running server or from a stopped folder. */
import { resolve } from 'node:path'
import { backupFolder } from './store/backup-folder.ts'
import { StoreError } from './store/store-error.ts'

const file = process.argv[2]
const dataDir = process.env['DATA_DIR'] || 'data'
if (file === undefined || process.argv.length > 3) {
  console.error('usage: npm run backup -- FILE')
  process.exit(2)
}
if (process.env['MONGODB_URI']) {
  console.error('backup: the data is in MongoDB: copy it with mongodump')
  process.exit(1)
}
try {
  const from = await backupFolder(dataDir, resolve(file))
  console.log(`copied ${dataDir} (${from === 'running' ? 'its server is running' : 'no server is running'}) to ${file}`)
} catch (error) {
  console.error(`backup: ${error instanceof StoreError ? error.message : String(error)}`)
  process.exit(1)
}
