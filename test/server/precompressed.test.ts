/** Gzipped files of the build: sent to who takes them, the plain file to who does not, nothing else reachable. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import express from 'express'
import { precompressed } from '../../server/http/precompressed.ts'

const SOURCE = 'export const answer = 42\n'.repeat(50)

describe('precompressed files', () => {
  let folder: string
  let server: Server
  let port: number

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rangruam-gz-'))
    writeFileSync(join(folder, 'page-abc.js'), SOURCE)
    writeFileSync(join(folder, 'page-abc.js.gz'), gzipSync(SOURCE))
    writeFileSync(join(folder, 'small.js'), '1\n')
    const app = express()
    app.set('env', 'test')
    app.use('/assets', precompressed(folder), express.static(folder, { fallthrough: false }))
    server = app.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    port = typeof address === 'object' && address !== null ? address.port : 0
  })
  after(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function ask(path: string, accepts: string): Promise<{ answer: IncomingMessage; body: Buffer }> {
    const request = get({ port, path, headers: { 'accept-encoding': accepts } })
    const [answer] = (await once(request, 'response')) as [IncomingMessage]
    const body = Buffer.concat(await answer.toArray())
    return { answer, body }
  }

  it('[HO9] a browser that takes gzip gets the gzipped file under the right type', async () => {
    const { answer, body } = await ask('/assets/page-abc.js', 'gzip, deflate')
    assert.equal(answer.statusCode, 200)
    assert.equal(answer.headers['content-encoding'], 'gzip')
    assert.match(answer.headers['content-type'] ?? '', /^text\/javascript/)
    assert.match(answer.headers.vary ?? '', /accept-encoding/i)
    assert.equal(gunzipSync(body).toString(), SOURCE)
    assert.ok(body.length < SOURCE.length / 4)
  })

  it('[HO9] one that does not gets the plain file', async () => {
    const { answer, body } = await ask('/assets/page-abc.js', 'identity')
    assert.equal(answer.headers['content-encoding'], undefined)
    assert.match(answer.headers.vary ?? '', /accept-encoding/i)
    assert.equal(body.toString(), SOURCE)
  })

  it('[HO9] a file without a gzipped one is sent as it is, a missing one is 404', async () => {
    const small = await ask('/assets/small.js', 'gzip')
    assert.equal(small.answer.headers['content-encoding'], undefined)
    assert.equal(small.body.toString(), '1\n')
    assert.equal((await ask('/assets/..%2fpage-abc.js', 'gzip')).answer.statusCode, 403)
    assert.equal((await ask('/assets/none.js', 'gzip')).answer.statusCode, 404)
  })
})
