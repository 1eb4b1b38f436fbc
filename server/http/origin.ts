/** Whether a browser's request comes from our own pages; asked by HTTP, the document socket and news. */
import type { IncomingHttpHeaders } from 'node:http'

/**
 * Compares Origin with PUBLIC_URL and with Host, so that a new DHCP address locks nobody out. Where PUBLIC_URL is https, a page that came
 * by plain http is not ours: whoever sits on the network could have written it. What proxies forward of hosts is not looked at.
 * Requests without Origin are not from a browser's page on another site and pass.
 */
export function sameOrigin(headers: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const { origin, host } = headers
  if (origin === undefined) return true
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true
  if (host === undefined) return false
  const isPlain = origin === `http://${host}` && publicUrl?.startsWith('https:') !== true
  return isPlain || origin === `https://${host}`
}
