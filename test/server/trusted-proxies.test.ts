/** Who asks and by which scheme, as a trusted proxy says it and as nobody else may; and that every door judges an Origin alike. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request as ask, type IncomingMessage } from 'node:http'
import express from 'express'
import { readConfig } from '../../server/config.ts'
import { startTestApp, type TestApp } from '../support/app.ts'

/** The proxy's address, and that of somebody who comes past it: both are this machine. */
const PROXY = '127.0.0.2'
const STRANGER = '127.0.0.1'
/** More than the failures of one address that cost nothing (20), and by how many. */
const TRIES = 26
const HELD_AT_LEAST = 4

type Asked = { readonly status: number; readonly body: string }
type Asking = {
  readonly from?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function asked(port: number, path: string, { from = STRANGER, ...given }: Asking = {}): Promise<Asked> {
  const request = ask({
    host: '127.0.0.1',
    port,
    path,
    localAddress: from,
    agent: false,
    method: given.method ?? (given.body === undefined ? 'GET' : 'POST'),
    headers: { ...(given.body === undefined ? {} : { 'content-type': 'application/json' }), ...given.headers },
  })
  request.end(given.body)
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve)
    request.on('error', reject)
    request.on('upgrade', (answer, socket) => {
      socket.destroy()
      resolve(answer)
    })
  })
  const answer = await answered
  if (answer.statusCode === 101) return { status: 101, body: '' }
  let body = ''
  answer.on('data', (bytes: Buffer) => (body += bytes.toString()))
  await once(answer, 'end')
  return { status: answer.statusCode ?? 0, body }
}

describe('trusted proxies', () => {
  let site: TestApp
  before(async () => {
    site = await startTestApp({ trustedProxies: [PROXY] })
  })
  after(() => site?.stop())

  /** How many of some guesses at a link are held off; `forwarded` says whose the n-th is. */
  async function heldOff(from: string, forwarded: (n: number) => string, tries = TRIES): Promise<number> {
    let held = 0
    for (let n = 0; n < tries; n++) {
      const { status } = await asked(site.app.port, '/api/links/look', {
        from,
        headers: { 'x-forwarded-for': forwarded(n) },
        body: JSON.stringify({ secret: 'A'.repeat(22) }),
      })
      assert.ok(status === 404 || status === 429, String(status))
      if (status === 429) held += 1
    }
    return held
  }

  it('[PE37] guesses behind a trusted proxy are counted by the address that it names, whatever a guesser writes before it', async () => {
    assert.equal(await heldOff(PROXY, (n) => `198.51.100.${n}`), 0, 'each from somebody else')
    const held = await heldOff(PROXY, (n) => `192.0.2.${n}, 203.0.113.7`)
    assert.ok(held >= HELD_AT_LEAST, `${held} of ${TRIES} guesses of one address were held off`)
    assert.equal(await heldOff(PROXY, () => '203.0.113.8', 1), 0, 'another address is not kept out')
    const ported = await heldOff(PROXY, (n) => `203.0.113.9:${40_000 + n}`)
    assert.ok(ported >= HELD_AT_LEAST, `${ported} of ${TRIES}: an address with a port does not make everybody new`)
  })

  it('[PE37] who comes past the proxies is believed nothing: neither address nor scheme', async () => {
    const held = await heldOff(STRANGER, (n) => `198.51.100.${100 + n}`)
    assert.ok(held >= HELD_AT_LEAST, `${held} of ${TRIES} guesses with forged addresses were held off`)
    const headers = { 'x-forwarded-proto': 'https' }
    const plainHttp = async (from: string): Promise<unknown> =>
      (JSON.parse((await asked(site.app.port, '/api/me', { from, headers })).body) as { plainHttp: boolean }).plainHttp
    assert.deepEqual([await plainHttp(STRANGER), await plainHttp(PROXY)], [true, false])
  })

  it('[PE38] every door refuses a foreign Origin, also one that a forwarded host would make ours', async () => {
    const { port } = site.app
    const own = `http://127.0.0.1:${port}`
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket' }
    const key = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' }
    const doors: readonly (readonly [path: string, asking: Asking, passes: number, refuses: number])[] = [
      ['/api/sign-out', { body: '{}' }, 204, 403],
      ['/collab/nosuchdraft.1', { method: 'POST' }, 401, 403],
      ['/collab/nosuchdraft.1', { headers: { ...upgrade, ...key } }, 101, 403],
      ['/live/?EIO=4&transport=polling', {}, 200, 403],
      ['/live/?EIO=4&transport=websocket', { headers: { ...upgrade, ...key } }, 101, 400],
    ]
    for (const [path, asking, passes, refuses] of doors) {
      for (const from of [STRANGER, PROXY]) {
        const told = async (origin: string): Promise<number> => {
          const { host } = new URL(origin)
          const headers = { ...asking.headers, origin, 'x-forwarded-host': host, 'x-forwarded-proto': 'https' }
          return (await asked(port, path, { ...asking, from, headers })).status
        }
        assert.deepEqual([await told(own), await told('https://evil.example')], [passes, refuses], `${path} ${from}`)
      }
    }
  })

  it('[PE38] where people come by https, a page of the same name that came by plain http is foreign', async () => {
    const secure = await startTestApp({ publicUrl: 'https://rangruam.example', trustedProxies: [PROXY] })
    try {
      const told = async (origin: string): Promise<number> => {
        const headers = { host: 'rangruam.example', origin }
        const asking = { from: PROXY, headers, body: '{}' }
        return (await asked(secure.app.port, '/api/sign-out', asking)).status
      }
      assert.deepEqual([await told('https://rangruam.example'), await told('http://rangruam.example')], [204, 403])
    } finally {
      await secure.stop()
    }
  })

  it('[PE37] the setting takes addresses and subnets, and nothing that would trust everybody', () => {
    const read = (value: string): readonly string[] | null => {
      const outcome = readConfig({ TRUSTED_PROXIES: value })
      return outcome.kind === 'ok' ? outcome.config.trustedProxies : null
    }
    assert.deepEqual(read(''), [])
    for (const good of [
      '10.0.0.2',
      '10.0.0.2, 10.1.0.0/24',
      '::1',
      'fd00::/8',
      '::ffff:10.0.0.2',
      '::ffff:10.0.0.0/104',
    ]) {
      assert.deepEqual(
        read(good),
        good.split(',').map((one) => one.trim()),
      )
      assert.doesNotThrow(() => express().set('trust proxy', [...(read(good) ?? [])]), good)
    }
    for (const bad of ['true', '1', 'caddy', '10.0.0.2,', '10.0.0.0/0', '10.0.0.0/33', '::/0', '10.0.0.0/8/8', '*'])
      assert.equal(read(bad), null, bad)
  })
})
