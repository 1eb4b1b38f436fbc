/** The typing of the journey behind proxies that refuse WebSockets, with kill -9: `npm run faults:long`; the suite has proxy.test.ts. */
import { walk, WALK_LIMIT_MS } from '../browser/walk.ts'

const OPTIONS = ['--name', 'localhost', '--store', 'embedded', '--kills', '1', '--brief', '--part', 'drafts']
const PROXIES = process.env['LONG'] === '1' ? ['refused', 'silent', 'gathering'] : []

describe('journey behind a proxy', function () {
  this.timeout(WALK_LIMIT_MS + 10_000)

  for (const proxy of PROXIES)
    it(`[SY40][SY45] the typing of the way behind a proxy that refuses WebSockets (${proxy}), with a kill -9`, () =>
      walk([...OPTIONS, '--proxy', proxy]))
})
