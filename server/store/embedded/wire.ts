/** MongoDB's wire protocol over a local socket: frames in, commands run one after another a connection, frames out. */
import { chmodSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { MESSAGE_LIMIT } from './commands.ts'
import { decode, encode, type Doc } from './values.ts'

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const HEADER = 16
const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2
/** Flags that must be understood are the low sixteen. */
const REQUIRED_FLAGS = 0xffff

type Run = (given: Doc) => Promise<Doc | Buffer>

/** Listens on a socket that only this user may open. A broken frame ends its connection and nothing else. */
export function listen(socketPath: string, run: Run): Promise<Server> {
  const server = createServer((socket) => serve(socket, run))
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(socketPath, () => {
      server.off('error', reject)
      chmodSync(socketPath, 0o700)
      resolve(server)
    })
  })
}

function serve(socket: Socket, run: Run): void {
  let chunks: Buffer[] = []
  let size = 0
  let answered: Promise<void> = Promise.resolve()

  function nextFrame(): Buffer | undefined {
    if (size < 4) return undefined
    if (chunks[0]!.length < 4) chunks = [Buffer.concat(chunks)]
    const length = chunks[0]!.readInt32LE(0)
    if (length < HEADER || length > MESSAGE_LIMIT) throw new RangeError(`a frame of ${length} bytes`)
    if (size < length) return undefined
    const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)
    chunks = all.length === length ? [] : [all.subarray(length)]
    size -= length
    return all.subarray(0, length)
  }

  // Without a listener a reset by the other side would end the worker; 'close' follows by itself.
  socket.on('error', () => socket.destroy())
  socket.on('data', (chunk) => {
    chunks.push(chunk)
    size += chunk.length
    try {
      for (let frame = nextFrame(); frame !== undefined; frame = nextFrame()) {
        const { given, answer } = parse(frame)
        // Started at once, so that writes of one turn share a commit; answered in order.
        const result = run(given)
        answered = answered.then(async () => {
          const bytes = answer(await result)
          if (bytes !== undefined && socket.writable) socket.write(bytes)
        })
      }
    } catch {
      // Nothing can be answered to a frame that cannot be read.
      socket.destroy()
    }
  })
}

type Parsed = { readonly given: Doc; readonly answer: (result: Doc | Buffer) => Buffer | undefined }

function parse(frame: Buffer): Parsed {
  const request = frame.readInt32LE(4)
  const operation = frame.readInt32LE(12)
  if (operation === OP_MSG) {
    const flags = frame.readUInt32LE(HEADER)
    const given = parseMessage(frame, flags)
    const quiet = (flags & MORE_TO_COME) !== 0
    return { given, answer: (result) => (quiet ? undefined : message(request, result)) }
  }
  if (operation === OP_QUERY) return { given: parseHello(frame), answer: (result) => legacyReply(request, result) }
  throw new RangeError(`operation ${operation}`)
}

/** One command document (kind 0) and lists of documents that belong to it (kind 1). */
function parseMessage(frame: Buffer, flags: number): Doc {
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) throw new RangeError(`flags ${flags}`)
  const end = frame.length - ((flags & CHECKSUM_PRESENT) === 0 ? 0 : 4)
  let body: Doc | undefined
  const lists: Array<readonly [string, Doc[]]> = []
  let at = HEADER + 4
  while (at < end) {
    const kind = frame[at]
    const length = frame.readInt32LE(at + 1)
    const section = frame.subarray(at + 1, at + 1 + length)
    if (length < 5 || at + 1 + length > end) throw new RangeError('a section beyond its frame')
    if (kind === 0 && body === undefined) body = decode(section)
    else if (kind === 1) lists.push(parseList(section))
    else throw new RangeError(`a section of kind ${kind}`)
    at += 1 + length
  }
  if (body === undefined) throw new RangeError('a message without a command')
  for (const [name, docs] of lists) {
    if (Object.hasOwn(body, name)) throw new RangeError(`'${name}' twice`)
    body[name] = docs
  }
  return body
}

function parseList(section: Buffer): readonly [string, Doc[]] {
  const nameEnd = section.indexOf(0, 4)
  if (nameEnd < 0) throw new RangeError('a list without a name')
  const docs: Doc[] = []
  for (let at = nameEnd + 1; at < section.length;) {
    const length = section.readInt32LE(at)
    if (length < 5 || at + length > section.length) throw new RangeError('a document beyond its list')
    docs.push(decode(section.subarray(at, at + length)))
    at += length
  }
  return [section.toString('utf8', 4, nameEnd), docs]
}

/** Drivers say hello once in the old form, before they know the server. */
function parseHello(frame: Buffer): Doc {
  const nameEnd = frame.indexOf(0, HEADER + 4)
  if (nameEnd < 0 || nameEnd + 9 > frame.length) throw new RangeError('a query without a name')
  const given = decode(frame.subarray(nameEnd + 9))
  if (!['hello', 'ismaster'].includes((Object.keys(given)[0] ?? '').toLowerCase())) throw new RangeError('an old query')
  return { ...given, $db: 'admin' }
}

let lastReply = 0

function header(length: number, request: number, operation: number): Buffer {
  lastReply = (lastReply + 1) & 0x7fffffff
  const bytes = Buffer.alloc(HEADER)
  bytes.writeInt32LE(length, 0)
  bytes.writeInt32LE(lastReply, 4)
  bytes.writeInt32LE(request, 8)
  bytes.writeInt32LE(operation, 12)
  return bytes
}

function message(request: number, result: Doc | Buffer): Buffer {
  const body = Buffer.isBuffer(result) ? result : encode(result)
  // Four bytes of flags, then one byte that says: a document.
  return Buffer.concat([header(HEADER + 5 + body.length, request, OP_MSG), Buffer.alloc(5), body])
}

function legacyReply(request: number, result: Doc | Buffer): Buffer {
  const body = Buffer.isBuffer(result) ? result : encode(result)
  const head = Buffer.alloc(20)
  head.writeInt32LE(8, 0)
  head.writeInt32LE(1, 16)
  return Buffer.concat([header(HEADER + 20 + body.length, request, OP_REPLY), head, body])
}
