/** Routes of joining a workshop: by code and name or by card, and what a facilitator does about the code and at the door. */
import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'
import {
  entered,
  groupCard,
  groupGlimpse,
  moment,
  personId,
  secret,
  typedCode,
  typedName,
  workshopCard,
  workshopId,
} from './shapes.ts'

export const joinLook = endpoint({
  method: 'POST',
  path: '/api/join/code',
  action: 'public',
  summary: 'Which workshop a nine-digit code leads to',
  body: z.strictObject({ code: typedCode }),
  reply: z.object({ workshop: workshopCard }),
})

const typedWho = { code: typedCode, name: typedName, organisation: z.string().trim().max(200).optional() }

export const joinName = endpoint({
  method: 'POST',
  path: '/api/join/name',
  action: 'public',
  summary: 'Whether a typed name is on the roster; never a list of names',
  body: z.strictObject(typedWho),
  reply: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('found'), name: z.string(), group: groupGlimpse }),
    z.object({ kind: z.literal('same-name') }),
    z.object({ kind: z.literal('unknown') }),
  ]),
})

export const join = endpoint({
  method: 'POST',
  path: '/api/join',
  action: 'public',
  summary: 'Joins by code and name; records which notice was accepted',
  body: z.strictObject({ ...typedWho, notice: z.number().int() }),
  reply: entered,
})

export const lookAtCard = endpoint({
  method: 'POST',
  path: '/api/join/card/look',
  action: 'public',
  summary: 'Whose personal link this is',
  body: z.strictObject({ secret }),
  reply: z.object({ name: z.string(), workshop: workshopCard, group: groupGlimpse }),
})

export const joinByCard = endpoint({
  method: 'POST',
  path: '/api/join/card',
  action: 'public',
  summary: 'Joins, or comes back, by the personal link',
  body: z.strictObject({ secret, notice: z.number().int() }),
  reply: entered,
})

export const joined = endpoint({
  method: 'GET',
  path: '/api/join/mine',
  action: 'signed-in',
  summary: 'One’s own workshop and group after joining',
  reply: z.object({ name: z.string(), workshop: workshopCard, group: groupCard.nullable() }),
})

export const myLink = endpoint({
  method: 'POST',
  path: '/api/join/link',
  action: 'signed-in',
  summary: 'One’s own link for coming back on any device; a fresh one kills the old',
  body: z.strictObject({ fresh: z.boolean() }),
  reply: z.object({ link: z.string() }),
})

// ---- the code, for facilitators

const code = z.object({ code: z.string(), locked: z.boolean(), expiresAt: moment.nullable() })

const inWorkshop = z.object({ workshop: workshopId })

export const readCode = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/code',
  action: 'code.read',
  summary: 'The workshop’s join code',
  params: inWorkshop,
  reply: code,
})

export const changeCode = endpoint({
  method: 'PUT',
  path: '/api/workshops/:workshop/code',
  action: 'code.change',
  summary: 'Closes or opens joining by code, and until when',
  params: inWorkshop,
  body: z.strictObject({ locked: z.boolean(), expiresAt: moment.nullable() }),
  reply: code,
})

export const renewCode = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/code/renewal',
  action: 'code.change',
  summary: 'Another join code; the old one dies',
  params: inWorkshop,
  reply: code,
})

export const waitingNames = endpoint({
  method: 'GET',
  path: '/api/workshops/:workshop/waiting',
  action: 'roster.read',
  summary: 'Names that people typed and that are not on the roster',
  params: inWorkshop,
  reply: z.array(z.object({ id: z.string(), name: z.string(), organisation: z.string(), at: moment })),
})

export const refuseName = endpoint({
  method: 'DELETE',
  path: '/api/workshops/:workshop/waiting/:waiting',
  action: 'roster.import',
  summary: 'Takes a name that is not on the roster off the list at the door',
  params: inWorkshop.extend({ waiting: z.string().max(40) }),
})

export const renewCard = endpoint({
  method: 'POST',
  path: '/api/workshops/:workshop/people/:person/link',
  action: 'cards.print',
  summary: 'A new personal link for somebody who lost the card; the old one dies',
  params: z.object({ workshop: workshopId, person: personId }),
  reply: z.object({ link: z.string() }),
})
