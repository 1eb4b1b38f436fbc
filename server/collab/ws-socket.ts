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

export class WsSocket implements NewSocket {
  private readonly socket: WebSocket
  private readonly stream: Duplex

  /**
   * `stream` is what the WebSocket was upgraded on; it is not compressed. Whatever `ws` itself sends (pong, close) is written whole in one
   * turn, so nothing comes between the parts of a message.
   */
  constructor(socket: WebSocket, stream: Duplex) {
    this.socket = socket
    this.stream = stream
  }

  get open(): boolean {
    return this.socket.readyState === this.socket.OPEN
  }
  get bufferedAmount(): number {
    return this.stream.writableLength
  }
  write(messages: Uint8Array): void {
    this.stream.write(messages)
  }
  close(code: number, reason: string): void {
    this.socket.close(code, reason)
  }
  terminate(): void {
    this.socket.terminate()
  }
  ping(): void {
    this.socket.ping()
  }
  on(event: string, listener: (...given: never[]) => void): void {
    this.socket.on(event, listener as (...given: unknown[]) => void)
  }
}
