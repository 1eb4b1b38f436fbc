/** Built files go out gzipped, as the build made them: eighty phones on one access point feel every kilobyte. */
import type { RequestHandler } from 'express'
import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Answers for `name` with `name.gz` when that lies in the folder and the browser takes it, by pointing the request
 * there; the static files that follow do the rest. The folder is listed once, so that no path is ever made of a request.
 */
export function precompressed(folder: string): RequestHandler {
  const compressed = new Set(existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.gz')) : [])
  return (request, response, next) => {
    const name = request.path.slice(1)
    const type = TYPES[extname(name)]
    if (type !== undefined && compressed.has(`${name}.gz`)) {
      response.vary('Accept-Encoding')
      if (request.acceptsEncodings('gzip') === 'gzip') {
        response.setHeader('Content-Encoding', 'gzip')
        response.setHeader('Content-Type', type)
        request.url = `/${name}.gz`
      }
    }
    next()
  }
}
