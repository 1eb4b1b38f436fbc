/** The chain of a review as data: who signs off in which order with which verb, and the states a version goes through. */

/** เห็นชอบ (policy) or อนุมัติ (money, projects, orders). */
export const VERBS = ['endorse', 'approve'] as const
export type Verb = (typeof VERBS)[number]

/** ตัวจริง, รักษาราชการแทน, ปฏิบัติราชการแทน. */
export const CAPACITIES = ['self', 'acting', 'on-behalf'] as const
export type Capacity = (typeof CAPACITIES)[number]

/** One step: `person` null = whoever holds the role of policymaker; `position` as it is written, empty = not named. */
export type Step = {
  readonly position: string
  readonly person: string | null
  readonly verb: Verb
  readonly capacity: Capacity
}

/** The default chain: one step. */
export const ONE_STEP: readonly Step[] = [{ position: '', person: null, verb: 'endorse', capacity: 'self' }]

export const REVIEW_STATES = ['submitted', 'revised', 'returned', 'endorsed', 'published'] as const
/**
 * submitted: waiting for answers · revised: likewise, after an earlier version was returned · returned: with reasons, over for this
 * version · endorsed: every step signed this hash · published: readable by everybody.
 */
export type ReviewState = (typeof REVIEW_STATES)[number]

export type Act = 'answer' | 'return' | 'approve' | 'publish'

/** Whether an act is possible in a state (null = not handed to review yet). */
export function possible(state: ReviewState | null, act: Act): boolean {
  if (act === 'publish') return state === 'endorsed'
  return state === 'submitted' || state === 'revised'
}

/** Where a version begins: `revised` when the last reviewed version of its workshop was returned. */
export function firstState(last: ReviewState | null): ReviewState {
  return last === 'returned' ? 'revised' : 'submitted'
}

/** State and step after `step` (from 0) is signed: the next one waits, after the last the version is endorsed. */
export function signed(state: ReviewState, step: number, chain: readonly Step[]): { state: ReviewState; step: number } {
  return step + 1 >= chain.length ? { state: 'endorsed', step: chain.length } : { state, step: step + 1 }
}

/** The number an approved version bears: 0.3 → 1.0, 1.2 → 2.0; the version itself stays the same. */
export function approvedNumber(number: string): string {
  return `${Number(number.split('.')[0] ?? 0) + 1}.0`
}
