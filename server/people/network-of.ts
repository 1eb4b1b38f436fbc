/** The network that an address speaks for: what failures are counted by. */
import { isIP } from 'node:net'

/**
 * An IPv4 address itself; of IPv6 its /64, since one telephone has all 2^64 addresses of its own and would never guess twice from one.
 * What is no address is left as it is.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return mapped
  if (isIP(address) !== 6) return address
  const [before = '', after] = address.split('::')
  const groups = before.split(':').filter((group) => group !== '')
  const behind = (after ?? '').split(':').filter((group) => group !== '')
  // A last part written as IPv4 is two groups.
  const zeros = after === undefined ? 0 : 8 - groups.length - behind.length - (after.includes('.') ? 1 : 0)
  const whole = [...groups, ...Array.from({ length: zeros }, () => '0'), ...behind]
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
