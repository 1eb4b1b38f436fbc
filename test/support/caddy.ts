/** A real Caddy with deploy/Caddyfile before nodes of this machine; only its name, ports and where it keeps things are other than in a department. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './built-server.ts'
import { until } from './waiting.ts'

const CADDYFILE = fileURLToPath(new URL('../../deploy/Caddyfile', import.meta.url))
/** CADDY names another program than the system's. */
const PROGRAM = process.env['CADDY'] ?? 'caddy'
/** Nobody else hears it, and no certificate is asked for. */
const GLOBAL = '{\n\tadmin off\n\tdefault_bind 127.0.0.1\n}\n'

export type Caddy = { readonly port: number; close(): Promise<void> }

/** `nodes` are ports on the loopback address. @returns why not, where there is none that can read the file */
export async function startCaddy(nodes: readonly number[]): Promise<Caddy | { readonly lacking: string }> {
  if (spawnSync(PROGRAM, ['version']).status !== 0) return { lacking: 'Caddy is not installed' }
  const folder = await mkdtemp(join(tmpdir(), 'rangruam-caddy-'))
  const port = await freePort()
  const config = join(folder, 'Caddyfile')
  await writeFile(config, `${GLOBAL}import ${CADDYFILE}\n`)
  const env = {
    ...process.env,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    PUBLIC_NAME: `http://127.0.0.1:${port}`,
    NODES: nodes.map((node) => `127.0.0.1:${node}`).join(' '),
  }
  const args = ['--config', config, '--adapter', 'caddyfile']
  const read = spawnSync(PROGRAM, ['adapt', ...args], { env, encoding: 'utf8' })
  if (read.status !== 0) {
    await rm(folder, { recursive: true, force: true })
    return { lacking: `this Caddy does not read the file: ${read.stderr.trim().split('\n').at(-1) ?? ''}` }
  }
  const child = spawn(PROGRAM, ['run', ...args], { env, stdio: 'ignore' })
  const answers = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    )
  await until('Caddy answers', answers, 20_000)
  return {
    port,
    async close() {
      child.kill()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
