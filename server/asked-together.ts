/** Equal questions that come while one is being answered share the next answer; for look-ups that a roomful of people asks at once. */

type Flight<Answer> = { current: Promise<Answer>; next: Promise<Answer> | null }

/**
 * `ask` runs at most twice at a time for a key: whoever comes while it runs waits for it to end and shares a new run. So an answer is never
 * older than the question, and permission may be decided by it. A failure goes to those who share the run.
 */
export function askedTogether<Question, Answer>(
  keyOf: (question: Question) => string,
  ask: (question: Question) => Promise<Answer>,
): (question: Question) => Promise<Answer> {
  const flights = new Map<string, Flight<Answer>>()

  function begin(key: string, question: Question): Promise<Answer> {
    const flight: Flight<Answer> = { current: ask(question), next: null }
    flights.set(key, flight)
    const landed = (): void => {
      if (flight.next === null && flights.get(key) === flight) flights.delete(key)
    }
    flight.current.then(landed, landed)
    return flight.current
  }

  return (question) => {
    const key = keyOf(question)
    const flight = flights.get(key)
    if (flight === undefined) return begin(key, question)
    const again = (): Promise<Answer> => begin(key, question)
    flight.next ??= flight.current.then(again, again)
    return flight.next
  }
}
