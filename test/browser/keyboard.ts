/** Plays recorded ways of entering Thai (traces.json) into the editor over the DevTools protocol, as keyboards do it. */
import type { CDPSession, Page } from 'playwright-core'
import type {} from './editor-harness/harness.ts'
import { pause } from '../support/waiting.ts'

export type TraceStep =
  | { readonly op: 'compose' | 'commit' | 'insert' | 'key'; readonly text: string }
  | { readonly op: 'press'; readonly key: string; readonly composing?: boolean }
  | { readonly op: 'deleteSurrounding'; readonly before: number; readonly after: number }
  | { readonly op: 'replace'; readonly back: number; readonly text: string }
  | { readonly op: 'tap'; readonly clause: number }
  | { readonly op: 'wait'; readonly ms: number }

export type Trace = {
  readonly name: string
  readonly platform: 'android' | 'desktop'
  readonly before: string
  readonly after: string
  readonly clause1?: string
  readonly steps: readonly TraceStep[]
  readonly expected: string
}

const KEY_CODES: Readonly<Record<string, number>> = {
  Backspace: 8,
  Enter: 13,
  Delete: 46,
  ArrowLeft: 37,
  ArrowRight: 39,
}
const COMMANDS: Readonly<Record<string, string>> = { Backspace: 'deleteBackward', Delete: 'deleteForward' }
/** One keyboard on one page. An Android keyboard sends key 229 around everything. */
export class Keyboard {
  readonly #page: Page
  readonly #cdp: CDPSession
  readonly #isAndroid: boolean
  #composed = ''

  constructor(page: Page, cdp: CDPSession, trace: Trace) {
    this.#page = page
    this.#cdp = cdp
    this.#isAndroid = trace.platform === 'android'
  }

  async #key(type: 'keyDown' | 'rawKeyDown' | 'keyUp', key: Record<string, unknown>): Promise<void> {
    await this.#cdp.send('Input.dispatchKeyEvent', { type, ...key })
  }

  async #ghost(act: () => Promise<void>): Promise<void> {
    const key = { key: 'Unidentified', code: '', windowsVirtualKeyCode: 229, nativeVirtualKeyCode: 229 }
    if (this.#isAndroid) await this.#key('rawKeyDown', key)
    await act()
    if (this.#isAndroid) await this.#key('keyUp', key)
  }

  async #editAround(...edit: Parameters<Window['harness']['editAround']>): Promise<void> {
    await this.#page.evaluate((given) => window.harness.editAround(...given), edit)
  }

  async #press(step: Extract<TraceStep, { op: 'press' }>): Promise<void> {
    const code = KEY_CODES[step.key] ?? 0
    const event = { key: step.key, code: step.key, windowsVirtualKeyCode: code, nativeVirtualKeyCode: code }
    const command = COMMANDS[step.key]
    if (step.key === 'Enter') await this.#key('keyDown', { ...event, text: '\r', unmodifiedText: '\r' })
    else await this.#key('rawKeyDown', { ...event, ...(command === undefined ? {} : { commands: [command] }) })
    await this.#key('keyUp', event)
    if (step.composing === true) this.#composed = ''
  }

  async #tap(clause: number): Promise<void> {
    const box = await this.#page.evaluate((index) => {
      const block = document.querySelectorAll('[data-section="background"] p')[index]
      if (block === undefined) return null
      const range = document.createRange()
      range.selectNodeContents(block)
      const rect = [...range.getClientRects()].at(-1)
      return rect === undefined ? null : { x: rect.right - 1, y: (rect.top + rect.bottom) / 2 }
    }, clause)
    if (box === null) throw new Error(`no clause ${clause} to tap`)
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await this.#cdp.send('Input.dispatchMouseEvent', { type, ...box, button: 'left', clickCount: 1 })
    this.#composed = ''
  }

  async play(step: TraceStep): Promise<void> {
    switch (step.op) {
      case 'compose':
        await this.#ghost(async () => {
          const { length } = step.text
          await this.#cdp.send('Input.imeSetComposition', {
            text: step.text,
            selectionStart: length,
            selectionEnd: length,
          })
        })
        this.#composed = step.text
        break
      case 'commit':
        await this.#cdp.send('Input.insertText', { text: step.text })
        this.#composed = ''
        break
      case 'insert':
        await this.#ghost(async () => {
          await this.#cdp.send('Input.insertText', { text: step.text })
        })
        this.#composed = ''
        break
      case 'key':
        await this.#key('keyDown', {
          key: step.text,
          text: step.text,
          unmodifiedText: step.text,
          windowsVirtualKeyCode: 65,
        })
        await this.#key('keyUp', { key: step.text, windowsVirtualKeyCode: 65 })
        break
      case 'press':
        await this.#press(step)
        break
      case 'deleteSurrounding':
        await this.#ghost(() => this.#editAround(step.before, step.after, 'deleteContentBackward', null))
        break
      case 'replace':
        await this.#editAround(step.back, 0, 'insertReplacementText', step.text)
        break
      case 'tap':
        await this.#tap(step.clause)
        break
      case 'wait':
        await pause(step.ms)
    }
  }

  /** What is still underlined is entered, as when the keyboard closes. */
  async finish(): Promise<void> {
    if (this.#composed !== '') await this.#cdp.send('Input.insertText', { text: this.#composed })
  }
}
