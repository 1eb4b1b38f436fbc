/** Whether a browser's request comes from our own pages; asked by HTTP, the document socket and news. */
import type { IncomingHttpHeaders } from 'node:http'

/**
 * Compares Origin with PUBLIC_URL, or with Host where no PUBLIC_URL is set, so that a new DHCP address locks nobody out.
 * Requests without Origin are not from a browser's page on another site and pass.
 */
export function sameOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const { origin, host } = headers
  if (origin === undefined) return true
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true
  return host !== undefined && (origin === `http://${host}` || origin === `https://${host}`)
}
