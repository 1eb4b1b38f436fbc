/** The body of an answer as a page of the world reads it, in pieces or whole, and as much of a Response as the product uses. */

export class Body {
  private readonly pieces: Uint8Array[] = []
  private readonly cancelled: () => void
  private ended: { readonly error: Error | null } | null = null
  private wake: () => void = () => undefined

  constructor(cancelled: () => void) {
    this.cancelled = cancelled
  }

  add(text: string): void {
    this.pieces.push(new TextEncoder().encode(text))
    this.wake()
  }

  end(error: Error | null): void {
    this.ended ??= { error }
    this.wake()
  }

  async read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array }> {
    for (;;) {
      const value = this.pieces.shift()
      if (value !== undefined) return { done: false, value }
      if (this.ended !== null) {
        if (this.ended.error === null) return { done: true }
        throw this.ended.error
      }
      await new Promise<void>((resolve) => (this.wake = resolve))
    }
  }

  async cancel(): Promise<void> {
    this.cancelled()
  }

  async text(): Promise<string> {
    let text = ''
    for (let piece = await this.read(); piece.value !== undefined; piece = await this.read())
      text += new TextDecoder().decode(piece.value)
    return text
  }
}

/** As much of a Response as the product uses. */
export function responseOf(status: number, body: Body): Response {
  const response = {
    status,
    ok: status >= 200 && status < 300,
    body: { getReader: () => body },
    json: async (): Promise<unknown> => JSON.parse(await body.text()),
  }
  return response as never
}
