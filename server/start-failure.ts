/** One clear line for each way a start can fail. */
import type { Config } from './config.ts'

/** How SQLite and the store say it when damage shows in the first questions. */
const DAMAGED = /disk image is malformed|file is damaged/

/** What went wrong and what to do, in one line. */
export function reasonOf(error: unknown, config: Config): string {
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: undefined, message: String(error) }
  if (code === 'EADDRINUSE') return `port ${config.port} is in use: stop the other program or set PORT`
  if (code === 'EACCES' && message.includes('listen'))
    return `port ${config.port} needs more rights: set PORT to 1024 or above`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST=${config.host} is not an address of this machine`
  const [line = 'could not start'] = message.split('\n')
  if (code === 'damaged' || DAMAGED.test(line)) return `${line}: npm run restore -- FILE puts a copy in its place`
  return line
}
