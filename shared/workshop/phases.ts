/** The phases of a workshop and the way through them (DOMAIN.md "Phases of a workshop"); which phase a group stands in. */

export const PHASES = [
  'register',
  'group',
  'practice',
  'brainstorm',
  'draft',
  'cross-review',
  'prioritise',
  'submit',
  'plenary',
  'merge',
  'review',
  'publish',
  'archive',
] as const
export type Phase = (typeof PHASES)[number]

/** The agenda of a workshop as data: its phases in its own order. Any phase may be left out or stand elsewhere. */
export type Agenda = readonly Phase[]

/** What a new workshop does unless told otherwise: half a day of writing, without practice, brainstorm and vote. */
export const USUAL_AGENDA: Agenda = [
  'register',
  'group',
  'draft',
  'cross-review',
  'submit',
  'plenary',
  'merge',
  'review',
  'publish',
  'archive',
]

/** Seconds between the confirmation and the move, shown to everybody; the facilitator may choose another, or none. */
export const COUNTDOWNS = [0, 10, 30, 60] as const
export const USUAL_COUNTDOWN = 30

/** Whether these phases may be an agenda: not empty, none twice. Order is the workshop's own. */
export function isAgenda(phases: readonly string[]): phases is Agenda {
  return (
    phases.length > 0 &&
    new Set(phases).size === phases.length &&
    phases.every((phase) => PHASES.some((known) => known === phase))
  )
}

/** The phase after this one in an agenda, or null at its end. A phase that the agenda leaves out leads to the next usual one that it has. */
export function phaseAfter(agenda: Agenda, phase: Phase): Phase | null {
  const at = agenda.indexOf(phase)
  if (at >= 0) return agenda[at + 1] ?? null
  return agenda.find((candidate) => PHASES.indexOf(candidate) > PHASES.indexOf(phase)) ?? null
}

/** The phase before this one in an agenda, or null at its beginning. */
export function phaseBefore(agenda: Agenda, phase: Phase): Phase | null {
  const at = agenda.indexOf(phase)
  return at > 0 ? (agenda[at - 1] ?? null) : null
}

/** The phase a group stands in: its own where it lags or leads, else the workshop's. */
export function phaseOfGroup(workshop: Phase, override: Phase | null): Phase {
  return override ?? workshop
}

/** A move that was confirmed and happens at `at` (milliseconds since 1970). Nobody needs a timer for it: from that moment on it holds. */
export type PendingMove = { readonly to: Phase; readonly at: number }

/** The phase at a moment: a confirmed move holds from its time on, whether or not anybody was awake to carry it out. */
export function phaseAt(phase: Phase, pending: PendingMove | null, now: number): Phase {
  return pending !== null && now >= pending.at ? pending.to : phase
}
