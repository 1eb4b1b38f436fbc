/** Starts the whole server for a test: its own folder, a free port on the loopback address, quiet logs. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { startApp, type App } from '../../server/app.ts'
import type { Config } from '../../server/config.ts'

export type TestApp = { readonly app: App; readonly url: string; readonly dataDir: string; stop(): Promise<void> }

/** `demo` is off unless asked for. `stop` closes the server and removes the folder unless one was given. */
export async function startTestApp(given: Partial<Config> = {}): Promise<TestApp> {
  const dataDir = given.dataDir ?? (await mkdtemp(join(tmpdir(), 'rangruam-test-')))
  const config: Config = {
    host: '127.0.0.1',
    port: 0,
    mongodbUri: undefined,
    redisUrl: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    demo: false,
    logLevel: 'silent',
    ...given,
    dataDir,
  }
  const app = await startApp(config, pino({ level: config.logLevel }))
  return {
    app,
    url: `http://127.0.0.1:${app.port}`,
    dataDir,
    async stop() {
      await app.close()
      if (given.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
