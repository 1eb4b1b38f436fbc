/** The proxy of deploy/ before two nodes, one of which is killed: among the counted faults, where there is a Caddy that can read its file. */
import { startCaddy, type Caddy } from '../support/caddy.ts'
import { COUNTS } from '../support/counts.ts'
import { killedOverHttp } from '../support/killed-over-http.ts'
import { startProxy, type Proxy } from '../support/proxy.ts'
import { startTwoNodes, type TwoNodes } from '../support/two-nodes.ts'

// The suite tries the same behind a proxy of its own (two-nodes.test.ts), and has no time to start two more nodes.
if (COUNTS !== 'once')
  describe('behind Caddy', function () {
    this.timeout(150_000)
    let nodes: TwoNodes
    let caddy: Caddy
    let hotel: Proxy

    before(async function () {
      const started = await startTwoNodes(['ก', 'ข', 'ค', 'ง', 'จ', 'ฉ'])
      const front = 'lacking' in started ? started : await startCaddy([started.there.port, started.here.app.port])
      if ('lacking' in started || 'lacking' in front) {
        console.log(`      left out: ${'lacking' in front ? front.lacking : ''}`)
        if (!('lacking' in started)) await started.stop()
        return this.skip()
      }
      nodes = started
      caddy = front
      hotel = await startProxy(caddy.port, { upgrades: 'refused' })
    })
    after(async () => {
      await nodes?.closePages()
      await hotel?.close()
      await caddy?.close()
      await nodes?.stop()
    })

    it('[ND10] kill -9 of a node that pages reach over HTTP only: they go on with the other, nothing is lost or doubled', () =>
      killedOverHttp(nodes, hotel, 'two nodes behind Caddy: kill -9, pages over HTTP only'))
  })
