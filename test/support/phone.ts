/** A phone in a test: a small screen with touch, and a keyboard on its glass that covers the page as real ones do. */
import type { BrowserContext, Page } from 'playwright-core'

export const PHONE = { width: 360, height: 640 } as const

/** Replaces the browser's visual viewport: no browser without a screen has a keyboard. Before the page is opened. */
const VIEWPORT = `{
  const viewport = new EventTarget()
  let covered = 0
  Object.defineProperties(viewport, {
    height: { get: () => innerHeight - covered }, width: { get: () => innerWidth },
    offsetTop: { value: 0 }, offsetLeft: { value: 0 }, scale: { value: 1 },
  })
  Object.defineProperty(window, 'visualViewport', { value: viewport })
  window.coverByKeyboard = (pixels) => { covered = pixels; viewport.dispatchEvent(new Event('resize')) }
}`

/** Makes every page of the context have a keyboard that `setKeyboard` raises. */
export const withKeyboard = (context: BrowserContext): Promise<unknown> => context.addInitScript(VIEWPORT)

/** Raises the keyboard to a height in pixels; 0 puts it away. */
export const setKeyboard = (page: Page, pixels: number): Promise<void> => page.evaluate(`coverByKeyboard(${pixels})`)
