/** A socket in the data folder through which this user's other processes ask the running server for a copy of the data. */
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { dirname, isAbsolute, join } from 'node:path'
import { createInterface } from 'node:readline'
import { socketIn } from './embedded/start.ts'
import { StoreError } from './store-error.ts'

/** Says where the socket is: its own place may be too long for a socket's name. */
const POINTER = 'admin.where'

type Answer = { readonly done: true } | { readonly failed: string }

/** Lines of JSON: `{"backup": "/absolute/file"}` is answered with `{"done": true}` or `{"failed": "one line"}`. */
export async function openAdminSocket(
  dataDir: string,
  backup: (file: string) => Promise<void>,
): Promise<{ readonly close: () => Promise<void> }> {
  const { socketPath, remove } = socketIn(dataDir, 'admin.sock')
  const pointer = join(dataDir, POINTER)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    createInterface({ input: socket }).once('line', (line) => {
      void answerTo(line, backup).then((answer) => socket.end(`${JSON.stringify(answer)}\n`))
    })
  })
  // The store's lock is ours: a socket that stands here was left by a process that died.
  rmSync(socketPath, { force: true })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, resolve)
  })
  chmodSync(socketPath, 0o700)
  writeFileSync(pointer, socketPath, { mode: 0o600 })
  return {
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
      remove()
      rmSync(pointer, { force: true })
    },
  }
}

async function answerTo(line: string, backup: (file: string) => Promise<void>): Promise<Answer> {
  try {
    const { backup: file } = JSON.parse(line) as { backup?: unknown }
    if (typeof file !== 'string' || !isAbsolute(file)) return { failed: 'a backup needs an absolute file name' }
    await backup(file)
    return { done: true }
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}

/** Asks the server that runs on this folder; `nobody` when none does. Rejects with StoreError when it refuses. */
export function askForBackup(dataDir: string, file: string): Promise<'done' | 'nobody'> {
  let socketPath: string
  try {
    socketPath = readFileSync(join(dataDir, POINTER), 'utf8')
  } catch {
    return Promise.resolve('nobody')
  }
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath)
    let answered = false
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve('nobody')
      else
        reject(
          new StoreError('failed', `the running server at ${dirname(socketPath)} does not answer: ${error.message}`),
        )
    })
    socket.once('connect', () => socket.write(`${JSON.stringify({ backup: file })}\n`))
    createInterface({ input: socket }).once('line', (line) => {
      answered = true
      const answer = JSON.parse(line) as Answer
      if ('done' in answer) resolve('done')
      else reject(new StoreError('failed', answer.failed))
    })
    socket.once('close', () => {
      if (!answered) reject(new StoreError('failed', 'the running server ended before the copy was complete'))
    })
  })
}
