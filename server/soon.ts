/** A bound on how long something is waited for: whoever waits has somebody to answer, or a process to end. */

/** What was asked, or what `late` gives (or throws) after `ms` milliseconds; what was asked goes on unheard. */
export async function soon<Answer, Late>(asked: Promise<Answer>, ms: number, late: () => Late): Promise<Answer | Late> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))).then(late)
  try {
    return await Promise.race([asked, over])
  } finally {
    clearTimeout(timer)
  }
}
