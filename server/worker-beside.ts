/** Starts a worker thread from the file beside its caller; for the store, the drafts and the office. */
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

const SERVER = fileURLToPath(new URL('.', import.meta.url))

/**
 * The worker file `name` (without ending) beside the file with url `base`: `.js` when built. When tests run from source it is the one
 * built from the same source in the folder BUILT_WORKERS, or `.ts`: Node 20 does not carry the loader over to a worker's first file
 * (execArgv --import has no effect on it), so that the worker registers tsx itself, which costs 0.3 s of a processor at each start.
 */
export function startWorkerBeside(base: string, name: string, options: WorkerOptions = {}): Worker {
  if (!base.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, base), options)
  const source = new URL(`./${name}.ts`, base)
  const built = process.env['BUILT_WORKERS']
  if (built !== undefined) {
    const path = relative(SERVER, fileURLToPath(source)).replace(/\.ts$/, '.js')
    return new Worker(`${built}/${path}`, options)
  }
  const code = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${JSON.stringify(source.href)}) })`
  return new Worker(code, { ...options, eval: true, execArgv: [] })
}
