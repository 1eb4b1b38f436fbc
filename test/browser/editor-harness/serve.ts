/** Builds the harness page and serves it under the product's strict policy, for the browser tests of the editor. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
}
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'"

export type ServedHarness = { readonly url: string; close(): Promise<void> }

type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** The page's own script, which another can stand for. */
const SCRIPT = 'harness.ts'
const PAGE = 'index.html'

/** Listens on this machine alone, on a free port. The page with `script` is served at `/`; sockets go to `upgrade`. */
export async function serveHarness(script = SCRIPT, upgrade?: Upgrade): Promise<ServedHarness> {
  const folder = await mkdtemp(join(tmpdir(), 'editor-harness-'))
  await build({
    configFile: false,
    root: fileURLToPath(new URL('.', import.meta.url)),
    logLevel: 'error',
    plugins: [
      {
        name: 'script',
        transformIndexHtml: { order: 'pre', handler: (html: string) => html.replace(SCRIPT, script) },
      },
    ],
    css: { transformer: 'lightningcss' },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      outDir: folder,
      emptyOutDir: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: fileURLToPath(new URL(PAGE, import.meta.url)) },
    },
  })
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    const file = path === '/' ? PAGE : path
    readFile(join(folder, file)).then(
      (body) =>
        response
          .writeHead(200, {
            'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
            'content-security-policy': POLICY,
          })
          .end(body),
      () => response.writeHead(path === '/favicon.ico' ? 204 : 404).end(),
    )
  })
  if (upgrade !== undefined) server.on('upgrade', upgrade)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      server.close()
      server.closeAllConnections()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
