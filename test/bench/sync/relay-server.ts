/** The ceiling for Node: a bare `ws` relay that hands every frame to the others of its room and keeps nothing. */
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

const rooms = new Map<string, Set<WebSocket>>()
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.env['PORT'] ?? 0) })
server.on('connection', (socket, request) => {
  const name = request.url ?? ''
  const room = rooms.get(name) ?? new Set()
  rooms.set(name, room.add(socket))
  socket.on('error', () => socket.terminate())
  socket.on('message', (data: Buffer) => {
    for (const other of room) if (other !== socket) other.send(data)
  })
  socket.on('close', () => {
    room.delete(socket)
  })
})
server.on('listening', () => console.log(JSON.stringify({ port: (server.address() as AddressInfo).port })))
