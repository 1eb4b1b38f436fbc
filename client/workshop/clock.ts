/** The server's clock in the page, and how times and lengths are written on the screens of a workshop. */
import { useEffect, useRef, useState } from 'preact/hooks'

const SECOND_MS = 1000
const MINUTE_MS = 60_000

/**
 * The server's time, ticking once a second: a machine with a wrong clock counts down right all the same.
 * `serverNow` is what the last answer said.
 */
export function useServerClock(serverNow: number): number {
  const offset = useRef(0)
  const said = useRef(0)
  if (said.current !== serverNow) {
    said.current = serverNow
    offset.current = serverNow - Date.now()
  }
  const [, tick] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), SECOND_MS)
    return () => clearInterval(timer)
  }, [])
  return Date.now() + offset.current
}

const two = (n: number): string => String(n).padStart(2, '0')

/** 24:10, or 1:24:10 from an hour up. */
export function lengthOf(ms: number): string {
  const seconds = Math.ceil(ms / SECOND_MS)
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

/** How long ago, upwards: 6:20. */
export function sinceOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS))
  return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`
}

/** Minutes and seconds of a length, for what screen readers hear. */
export function partsOf(ms: number): { readonly minutes: number; readonly seconds: number } {
  const seconds = Math.ceil(ms / SECOND_MS)
  return { minutes: Math.floor(seconds / 60), seconds: seconds % 60 }
}

export const minutesSince = (at: number, now: number): number => Math.max(0, Math.floor((now - at) / MINUTE_MS))

const hours = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Bangkok' })

/** 15:00, in Bangkok. */
export function hourOf(at: number): string {
  return hours.format(at)
}

/** A day of a workshop (YYYY-MM-DD) as a moment within it, for buddhistDate. */
export function momentOfDay(day: string): number {
  return Date.parse(`${day}T05:00:00Z`)
}
