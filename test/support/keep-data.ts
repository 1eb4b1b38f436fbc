/** Makes the data folder that every later suite opens: `npx tsx test/support/keep-data.ts test/kept/NAME` (the demo workshop, stopped cleanly). */
import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startTestApp } from './app.ts'

const [target] = process.argv.slice(2)
if (target === undefined) throw new Error('name the folder to write')

async function keep(folder: string): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'rangruam-keep-'))
  const server = await startTestApp({ dataDir, demo: true })
  await server.app.demoMade
  await server.stop()
  await mkdir(folder, { recursive: true })
  for (const name of await readdir(dataDir))
    if (name.endsWith('.sqlite')) await copyFile(join(dataDir, name), join(folder, name))
  await rm(dataDir, { recursive: true })
}

void keep(target)
