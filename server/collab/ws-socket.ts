/** A WebSocket of `ws` as the document port and its members use one: messages that are whole go past `ws` into its stream. */
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { MemberSocket } from './member.ts'

/** A connection before it is in a room. */
export type NewSocket = MemberSocket & {
  on(event: 'message', listener: (data: RawData, isBinary: boolean) => void): unknown
  on(event: 'pong', listener: () => void): unknown
  on(event: 'close', listener: () => void): unknown
}

/**
 * `stream` is what the WebSocket was upgraded on; it is not compressed. Whatever `ws` itself sends (pong, close) is written whole in one turn,
 * so nothing comes between the parts of a message.
 */
export function withStream(socket: WebSocket, stream: Duplex): NewSocket {
  return {
    OPEN: socket.OPEN,
    get readyState() {
      return socket.readyState
    },
    get bufferedAmount() {
      return stream.writableLength
    },
    write: (messages) => void stream.write(messages),
    close: (code, reason) => socket.close(code, reason),
    terminate: () => socket.terminate(),
    ping: () => socket.ping(),
    on: (event: string, listener: (...given: never[]) => void) =>
      socket.on(event, listener as (...given: unknown[]) => void),
  }
}
