/** The typing of the journey behind proxies that refuse WebSockets, with kill -9: among the counted faults; the suite has proxy.test.ts. */
import { times } from '../support/counts.ts'
import { walk, WALK_LIMIT_MS } from '../browser/walk.ts'

const OPTIONS = ['--name', 'localhost', '--store', 'embedded', '--kills', '1', '--brief', '--part', 'drafts']
const ALL = ['refused', 'silent', 'gathering']
const PROXIES = ALL.slice(0, times({ once: 0, issue: 1, long: 3 }))

describe('journey behind a proxy', function () {
  this.timeout(WALK_LIMIT_MS + 10_000)

  for (const proxy of PROXIES)
    it(`[SY40][SY45] the typing of the way behind a proxy that refuses WebSockets (${proxy}), with a kill -9`, () =>
      walk([...OPTIONS, '--proxy', proxy]))
})
