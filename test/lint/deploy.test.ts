/** The files of deploy/ fit each other: what one says of the proxy the others rely on. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { BlockList } from 'node:net'
import { readConfig } from '../../server/config.ts'

const read = (name: string): string => readFileSync(new URL(`../../deploy/${name}`, import.meta.url), 'utf8')
const found = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? assert.fail(String(pattern))

describe('the set-up of a department', () => {
  it('[ND10] its proxy keeps a browser with its node, and knows every node', () => {
    const caddyfile = read('Caddyfile')
    assert.match(caddyfile, /^\s+lb_policy cookie$/m)
    const nodes = found(caddyfile, /\{\$NODES:([^}]*)\}/).split(' ')
    const services = [...read('compose.yml').matchAll(/^ {2}(app-\d+):$/gm)].map(([, name]) => `${name}:3000`)
    // The names stand among the volumes too.
    assert.deepEqual(nodes, [...new Set(services)])
  })

  it('[PE37] its nodes trust the proxy’s own address, which nobody else is given', () => {
    const compose = read('compose.yml')
    const trusted = found(compose, /^\s+TRUSTED_PROXIES: (\S+)$/m)
    assert.equal(trusted, found(compose, /^\s+ipv4_address: (\S+)$/m))
    const outcome = readConfig({ TRUSTED_PROXIES: trusted })
    assert.deepEqual(outcome.kind === 'ok' && outcome.config.trustedProxies, [trusted])
    const within = (range: string): boolean => {
      const [address = '', prefix] = range.split('/')
      const list = new BlockList()
      list.addSubnet(address, Number(prefix))
      return list.check(trusted)
    }
    const [subnet, given] = [/subnet: (\S+)$/m, /ip_range: (\S+)$/m].map((pattern) => found(compose, pattern))
    assert.deepEqual([within(subnet!), within(given!)], [true, false])
  })
})
