/** Loaded into every thread of every measured server: on SIGUSR2 garbage is collected in all of them, so that memory means what is held. */
import { isMainThread } from 'node:worker_threads'

const threads = new BroadcastChannel('collect garbage')
if (isMainThread) {
  process.on('SIGUSR2', () => {
    globalThis.gc?.()
    threads.postMessage(null)
  })
} else threads.onmessage = () => globalThis.gc?.()
// It keeps no process alive.
threads.unref()
