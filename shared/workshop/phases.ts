/** The phases of a workshop, in their usual order (DOMAIN.md "Phases of a workshop"). */
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
