/** Server-sent events out of a body that is still coming. Not EventSource: that hides the status, and cannot be told from where to go on. */

/** `id` is 0 and `data` empty for a line that only says that somebody is there. */
export type ServerEvent = { readonly id: number; readonly kind: string; readonly data: string }

/** Each event as soon as it is whole; ends with the body, and rejects where the body breaks. */
export async function* eventsIn(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const more = decoder.decode(value, { stream: true })
      text += more
      // A large draft is one line in many pieces.
      if (!more.includes('\n')) continue
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) yield eventOf(part)
    }
  } finally {
    reader.cancel().catch(() => undefined)
  }
}

function eventOf(part: string): ServerEvent {
  const fields = new Map(
    part.split('\n').map((line) => {
      const at = line.indexOf(': ')
      return [line.slice(0, at), line.slice(at + 2)] as const
    }),
  )
  return { id: Number(fields.get('id') ?? 0), kind: fields.get('event') ?? 'message', data: fields.get('data') ?? '' }
}
