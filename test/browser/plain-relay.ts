/** A relay for stock y-websocket clients at /plain/<room>, in memory: what the form of y-prosemirror is compared over. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createDecoder, readVarUint } from 'lib0/decoding'
import { createEncoder, length, toUint8Array, writeVarUint } from 'lib0/encoding'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import * as Y from 'yjs'

const SYNC = 0

type Room = { readonly doc: Y.Doc; readonly members: Set<WebSocket> }

export type PlainRelay = {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** Each room begins with `seed` and is forgotten when its last member leaves for good. */
export function relayPlain(seed: () => Uint8Array): PlainRelay {
  const rooms = new Map<string, Room>()
  const server = new WebSocketServer({ noServer: true })

  const roomOf = (name: string): Room => {
    const known = rooms.get(name)
    if (known !== undefined) return known
    const room: Room = { doc: new Y.Doc(), members: new Set() }
    Y.applyUpdate(room.doc, seed())
    room.doc.on('update', (update: Uint8Array, origin: unknown) => {
      const encoder = createEncoder()
      writeVarUint(encoder, SYNC)
      writeUpdate(encoder, update)
      for (const member of room.members) if (member !== origin) member.send(toUint8Array(encoder))
    })
    rooms.set(name, room)
    return room
  }

  function join(socket: WebSocket, { doc, members }: Room): void {
    members.add(socket)
    const hello = createEncoder()
    writeVarUint(hello, SYNC)
    writeSyncStep1(hello, doc)
    socket.send(toUint8Array(hello))
    socket.on('message', (data) => {
      const decoder = createDecoder(new Uint8Array(data as Buffer))
      if (readVarUint(decoder) !== SYNC) return
      const answer = createEncoder()
      writeVarUint(answer, SYNC)
      readSyncMessage(decoder, answer, doc, socket)
      if (length(answer) > 1) socket.send(toUint8Array(answer))
    })
    socket.on('close', () => members.delete(socket))
  }

  return {
    handleUpgrade(request, socket, head) {
      const name = /^\/plain\/([\w.-]+)/.exec(request.url ?? '')?.[1]
      if (name === undefined) socket.destroy()
      else server.handleUpgrade(request, socket, head, (joined) => join(joined, roomOf(name)))
    },
    close() {
      server.close()
      for (const client of server.clients) client.terminate()
    },
  }
}
