/** `npm run restore -- FILE`: puts a copy into an empty folder, or into one whose server is stopped. */
import { resolve } from 'node:path'
import { restoreFolder } from './store/backup-folder.ts'
import { StoreError } from './store/store-error.ts'

const file = process.argv[2]
const dataDir = process.env['DATA_DIR'] || 'data'
if (file === undefined || process.argv.length > 3) {
  console.error('usage: npm run restore -- FILE')
  process.exit(2)
}
try {
  const aside = await restoreFolder(dataDir, resolve(file))
  console.log(`restored ${file} into ${dataDir}`)
  if (aside !== null) console.log(`what was there is kept as ${aside}`)
} catch (error) {
  console.error(`restore: ${error instanceof StoreError ? error.message : String(error)}`)
  process.exit(1)
}
