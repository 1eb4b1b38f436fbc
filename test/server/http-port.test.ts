/** The HTTP port with handlers that do not answer. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { z } from 'zod'
import { createHttpPort } from '../../server/http/http-port.ts'
import { createRoutes, type Answer } from '../../server/http/routes.ts'
import { endpoint } from '../../shared/http/endpoint.ts'

const words = endpoint({
  method: 'GET',
  path: '/api/words',
  action: 'public',
  summary: 'Words.',
  reply: z.object({ words: z.string() }),
})
const file = endpoint({ method: 'GET', path: '/api/file', action: 'public', summary: 'A file.', file: 'text/plain' })

describe('a route whose handler does not answer', () => {
  let server: Server
  let url = ''
  let letGo: () => void
  let answer: Answer
  let later: Promise<unknown>
  before(async () => {
    const routes = createRoutes()
    const held = new Promise<void>((resolve) => (letGo = resolve))
    routes.serve(words, async (call) => {
      answer = call.answer
      await held
      return { words: 'late' }
    })
    routes.serve(file, async (call) => {
      later = held.then(() => call.answer.file(new Uint8Array(1), 'late'))
      await later
      return undefined
    })
    const port = createHttpPort({
      config: {
        host: '127.0.0.1',
        port: 0,
        dataDir: '',
        mongodbUri: undefined,
        redisUrl: undefined,
        publicUrl: undefined,
        trustedProxies: [],
        demo: false,
        logLevel: 'silent',
      },
      routes,
      log: pino({ level: 'silent' }),
      authenticate: async () => null,
      storeHealth: async () => ({ answers: false, saved: 'nothing' }),
      isStoreAway: () => false,
      clientDir: '/none',
      answerMs: 50,
    })
    server = createServer(port).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  it('[ST112] is answered 503 with what to do, and what comes later goes nowhere', async () => {
    for (const { path } of [words, file]) {
      const told = await fetch(url + path)
      assert.equal(told.status, 503)
      assert.equal(told.headers.get('retry-after'), '5')
      assert.equal(((await told.json()) as { code: string }).code, 'store-failing')
    }
    letGo()
    await assert.rejects(later, /headers/i)
    assert.throws(() => answer.header('X-Late', '1'), /headers/i)
    assert.equal((await fetch(url + words.path)).status, 200)
  })
})
