/** Requests and answers while a workshop runs: groups, phases, time, announcements, help, cards, the wall. */
import { z } from 'zod'
import { SECTION_IDS } from '../drafting/template.ts'
import { endpoint } from '../http/endpoint.ts'
import { PHASES } from './phases.ts'
import {
  broadcast,
  group,
  grouping,
  help,
  id,
  ofGroup,
  ofWorkshop,
  phase,
  role,
  timer,
  when,
  workshop,
} from './shapes.ts'

// ---- groups
export const listGroups = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/groups',
  action: 'roster.read',
  summary: 'Groups with their people and why they are balanced',
  params: ofWorkshop,
  reply: grouping,
})
export const makeGroups = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/groups',
  action: 'groups.change',
  summary: 'Make balanced groups, each with its draft; another seed seats everybody anew',
  params: ofWorkshop,
  body: z.object({ count: z.number().int().min(1).max(200), seed: z.number().int().min(1).max(1_000_000) }),
  reply: grouping,
})
export const movePerson = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/groups/moves',
  action: 'groups.change',
  summary: 'Move one person to another group, or out of any',
  params: ofWorkshop,
  body: z.object({ person: id, group: id.nullable() }),
})
export const readGroup = endpoint({
  method: 'GET',
  path: '/api/groups/:group',
  action: 'draft.read',
  summary: 'A group for the people in it: members, draft, phase, open call for help',
  params: ofGroup,
  reply: group.extend({
    people: z.array(z.object({ id, name: z.string(), role })).readonly(),
    help: help.nullable(),
    now: phase,
  }),
})
export const describeGroup = endpoint({
  method: 'PUT',
  path: '/api/groups/:group',
  action: 'groups.change',
  summary: 'Set the topic or the table of a group',
  params: ofGroup,
  body: z.object({ topic: z.string().max(200).optional(), table: z.string().max(60).optional() }),
})
export const setGroupRole = endpoint({
  method: 'POST',
  path: '/api/groups/:group/roles',
  action: 'scribe.pass',
  summary: 'Give a role in a group; scribe and chair may pass the scribe on',
  params: ofGroup,
  body: z.object({ person: id, role }),
})
export const setGroupPhase = endpoint({
  method: 'POST',
  path: '/api/groups/:group/phase',
  action: 'phase.move',
  summary: 'Let a group lag or lead; null follows the workshop again',
  params: ofGroup,
  body: z.object({ phase: phase.nullable() }),
})
export const shareWords = endpoint({
  method: 'POST',
  path: '/api/groups/:group/sharing',
  action: 'help.call',
  summary: 'Let the wall show the last words of the group, or not',
  params: ofGroup,
  body: z.object({ shares: z.boolean() }),
})

// ---- phases and time
export const setAgenda = endpoint({
  method: 'PUT',
  path: '/api/workshops/:workshop/agenda',
  action: 'workshop.change',
  summary: 'Which phases there are, in which order',
  params: ofWorkshop,
  body: z.object({ agenda: z.array(phase).min(1).max(PHASES.length) }),
  reply: workshop,
})
export const movePhase = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/phase',
  action: 'phase.move',
  summary: 'Confirm a move of the phase after a countdown in seconds',
  params: ofWorkshop,
  body: z.object({ to: phase, countdown: z.number().int().min(0).max(600) }),
})
export const callOffMove = endpoint({
  method: 'DELETE',
  path: '/api/workshops/:workshop/phase',
  action: 'phase.move',
  summary: 'Call off a move that is counting down',
  params: ofWorkshop,
})
export const phaseLog = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/phase/log',
  action: 'workshop.change',
  summary: 'Every move of a phase, newest first',
  params: ofWorkshop,
  reply: z.array(
    z.object({
      group: id.nullable(),
      from: phase,
      to: phase.nullable(),
      at: when,
      byName: z.string(),
      what: z.enum(['confirmed', 'called-off']),
    }),
  ),
})
const minutes = z.number().int().min(1).max(1440)
export const changeTimer = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/timer',
  action: 'timer.change',
  summary: 'Give, lengthen, hold, let go on or remove the time; the phase stays',
  params: ofWorkshop,
  body: z.union([
    z.object({ kind: z.literal('start'), minutes }),
    z.object({ kind: z.literal('extend'), minutes: z.number().int().min(-60).max(240) }),
    z.object({ kind: z.enum(['pause', 'resume', 'clear']) }),
  ]),
  reply: timer,
})

// ---- announcements, help, cards, the wall
export const sendBroadcast = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/broadcasts',
  action: 'broadcast.send',
  summary: 'Announce something to everybody in the workshop',
  params: ofWorkshop,
  body: z.object({ text: z.string().trim().min(1).max(500) }),
  reply: broadcast,
})
export const callHelp = endpoint({
  method: 'POST',
  path: '/api/groups/:group/help',
  action: 'help.call',
  summary: 'Call a facilitator; a second call adds its words to the first',
  params: ofGroup,
  body: z.object({ about: z.string().max(500) }),
  reply: help,
})
export const takeHelp = endpoint({
  method: 'POST',
  path: '/api/help/:call/take',
  action: 'help.answer',
  summary: 'Go there: the first who takes a call has it',
  params: z.object({ call: id }),
})
export const closeHelp = endpoint({
  method: 'POST',
  path: '/api/help/:call/close',
  action: 'help.close',
  summary: 'Close a call: the group that has its answer, or the facilitator',
  params: z.object({ call: id }),
  body: z.object({ answer: z.string().max(500) }),
})
export const joinCards = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/cards',
  action: 'cards.print',
  summary: 'Join cards to print, each with a personal secret',
  params: ofWorkshop,
  reply: z.object({
    title: z.string(),
    origin: z.string(),
    cards: z.array(
      z.object({
        id,
        name: z.string(),
        organisation: z.string(),
        role,
        group: z.object({ number: z.number(), topic: z.string(), table: z.string() }).nullable(),
        secret: z.string(),
      }),
    ),
  }),
})
export const readWall = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/wall',
  action: 'wall.read',
  summary: 'Every group at a glance: progress, signals, calls for help',
  params: ofWorkshop,
  reply: z.object({
    workshop,
    now: z.number(),
    tiles: z
      .array(
        z.object({
          id,
          number: z.number(),
          topic: z.string(),
          draft: id.nullable(),
          phase: phase.nullable(),
          people: z.number(),
          online: z.number(),
          cells: z
            .array(
              z.object({ section: z.enum(SECTION_IDS), state: z.enum(['full', 'half', 'empty']), owed: z.boolean() }),
            )
            .readonly(),
          missing: z.number(),
          changedAt: z.number().nullable(),
          sharesWords: z.boolean(),
          lastWords: z.string().nullable(),
          activity: z.array(z.number()).readonly(),
          submitted: z.object({ n: z.number(), at: z.number() }).nullable(),
        }),
      )
      .readonly(),
    help: z.array(help).readonly(),
    broadcast: broadcast.nullable(),
  }),
})
