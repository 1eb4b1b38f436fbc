/** Starts the server that tests kill or attack, collab-process.ts, in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const PROCESS = fileURLToPath(new URL('./collab-process.ts', import.meta.url))

export type CollabProcess = {
  readonly child: ChildProcess
  readonly port: number
  /** What it wrote about errors. */
  complaints(): string
}

/** Resolves when it listens; `port` 0 is a free one, `drafts` are further ones beside the first. */
export async function startCollab(dataDir: string, port = 0, drafts: readonly string[] = []): Promise<CollabProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, dataDir, String(port), ...drafts], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.on('data', (bytes: Buffer) => (complaints += bytes.toString()))
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, port: Number(line.toString()), complaints: () => complaints }
}
