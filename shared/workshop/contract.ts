/** Requests and answers about workshops, their rosters and cards. */
import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'
import { ROSTER_NOTICES } from './roster-entry.ts'
import { ASIDE_REASONS } from './roster-reading.ts'
import {
  broadcast,
  described,
  file,
  id,
  lgoType,
  name,
  ofWorkshop,
  participant,
  when,
  words,
  workshop,
} from './shapes.ts'

// ---- workshops
export const listWorkshops = endpoint({
  method: 'GET',
  path: '/api/workshops',
  action: 'signed-in',
  summary: 'Workshops of this member of staff, newest first',
  reply: z.array(workshop),
})
export const createWorkshop = endpoint({
  method: 'POST',
  path: '/api/workshops',
  action: 'workshop.create',
  summary: 'Make a workshop from a template; its maker becomes its facilitator',
  body: described.extend({ template: z.enum(['short', 'long']) }),
  reply: z.object({ id }),
})
export const readWorkshop = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop',
  action: 'workshop.read',
  summary: 'A workshop for anybody in it: phase, time, last announcement',
  params: ofWorkshop,
  reply: workshop.extend({ broadcast: broadcast.nullable(), now: z.number() }),
})
export const changeWorkshop = endpoint({
  method: 'PUT',
  path: '/api/workshops/:workshop',
  action: 'workshop.change',
  summary: 'Change what is written about a workshop',
  params: ofWorkshop,
  body: described.partial(),
  reply: workshop,
})

// ---- roster
const rosterEntry = z.object({
  row: z.number(),
  prefix: z.string(),
  name: z.string(),
  position: z.string(),
  organisation: z.string(),
  lgoType,
  district: z.string(),
  province: z.string(),
  notices: z.array(z.enum(ROSTER_NOTICES)).readonly(),
})
const likely = z.enum(['same', 'different'])
/** A row that was kept aside, and why. */
const asideRow = z.object({
  row: z.number(),
  reason: z.enum(ASIDE_REASONS),
  ofRow: z.number().nullable(),
  name: z.string(),
  organisation: z.string(),
  position: z.string(),
})
export const lookAtRoster = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/roster/look',
  action: 'roster.import',
  summary: 'Read a roster file (CSV or XLSX, base64) and say what would happen; nothing is stored',
  params: ofWorkshop,
  body: z.object({ file }),
  reply: z.object({
    headerRow: z.number(),
    kept: z.array(rosterEntry).readonly(),
    aside: z.array(asideRow),
    asks: z.array(z.object({ rowA: z.number(), rowB: z.number(), likely })),
  }),
})
export const applyRoster = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/roster',
  action: 'roster.import',
  summary: 'Take a roster in, with answers about single rows; applied twice it changes nothing more',
  params: ofWorkshop,
  body: z.object({
    file,
    fileName: z.string().max(300),
    mended: z.array(z.object({ row: z.number().int(), name, organisation: name })).max(2000),
    leftOut: z.array(z.number().int()).max(2000),
    different: z.array(z.object({ a: z.number().int(), b: z.number().int() })).max(2000),
  }),
  reply: z.object({ added: z.number(), updated: z.number(), aside: z.number(), seated: z.number() }),
})
export const lastRosterImport = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/roster/last',
  action: 'roster.read',
  summary: 'What the last import kept aside and still asks; null before the first',
  params: ofWorkshop,
  reply: z
    .object({
      fileName: z.string(),
      at: when,
      kept: z.number(),
      aside: z.array(asideRow.extend({ added: z.boolean() })),
      asks: z.array(z.object({ a: id, b: id, rowA: z.number(), rowB: z.number(), likely, answer: likely.nullable() })),
    })
    .nullable(),
})
export const rosterAsideFile = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/roster/aside.csv',
  action: 'roster.read',
  summary: 'The rows kept aside, as a file to mend',
  params: ofWorkshop,
  file: 'text/csv; charset=utf-8',
})
export const answerRosterAsk = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/roster/asks',
  action: 'roster.import',
  summary: 'Say whether two people are one; the same person leaves the later row out',
  params: ofWorkshop,
  body: z.object({ a: id, b: id, answer: likely }),
})
export const listParticipants = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/participants',
  action: 'roster.read',
  summary: 'The roster, for organisers',
  params: ofWorkshop,
  reply: z.array(participant),
})
export const addParticipant = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/participants',
  action: 'roster.import',
  summary: 'Add one person; with groups made they join the smallest',
  params: ofWorkshop,
  body: z.object({ name, organisation: name, position: words, province: words, row: z.number().int().nullable() }),
  reply: z.object({ person: id }),
})
export const removeParticipant = endpoint({
  method: 'DELETE',
  path: '/api/workshops/:workshop/participants/:person',
  action: 'roster.import',
  summary: 'Take somebody out of the roster',
  params: ofWorkshop.extend({ person: id }),
})
