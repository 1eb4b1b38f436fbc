/** kill -9 of a node while people reach both nodes over HTTP only, by a proxy: they go on with the other, and no word is lost or doubled. */
import assert from 'node:assert/strict'
import { allTyped } from './all-typed.ts'
import type { Proxy } from './proxy.ts'
import type { TwoNodes } from './two-nodes.ts'
import { until } from './waiting.ts'

/** Ten times what is promised. */
const LONGEST_MS = 10_000

/** `proxy` refuses WebSockets; behind it are the nodes, or one more proxy that has them. Kills the other node and leaves it dead. */
export async function killedOverHttp(
  { there, staff, writer, writerBehind, pageBehind }: TwoNodes,
  proxy: Proxy,
  fault: string,
): Promise<void> {
  const { frames, port } = proxy
  const page = await pageBehind(port, staff)
  const writers = await Promise.all([writerBehind(0, 0, port), writerBehind(0, 1, port), writer(0, 2, 'here')])
  let told = 0
  await allTyped(writers, { name: fault, times: 1 }, async () => {
    await until('the page hears', () => page.heard.includes('digest-changed'), LONGEST_MS)
    assert.equal(proxy.failures, 0, 'nobody is led away from the node that knows them')
    await there.kill()
    page.heard.length = 0
    const { up } = frames
    const from = performance.now()
    await until('the page hears again', () => page.heard.includes('digest-changed'), LONGEST_MS)
    told = Math.round(performance.now() - from)
    await until('they write to the other node', () => frames.up > up + 20, LONGEST_MS)
  })
  assert.ok(proxy.upgrades.document > 0 && frames.down > 0)
  console.log(
    `      ${frames.up} frames up in ${proxy.requests} requests; the page of held answers heard again after ${told} ms`,
  )
}
