/** Routes of people: front page, joining, signing in, accounts. What goes over the wire, for server, client and OpenAPI. */
import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'
import type { DraftId, GroupId, PersonId, WorkshopId } from '../ids.ts'
import { PHASES } from '../workshop/phases.ts'
import { ROLES, STAFF_ROLES } from './roles.ts'

const workshopId = z
  .string()
  .max(40)
  .brand<'workshop'>()
  .transform((id) => id as unknown as WorkshopId)
const personId = z
  .string()
  .max(40)
  .transform((id) => id as PersonId)
const typedName = z.string().trim().min(1).max(120)
const secret = z.string().min(1).max(64)
const typedCode = z.string().max(60)
const typedPassword = z.string().min(1).max(400)
const moment = z.iso.datetime()
const standing = z.object({ role: z.enum(ROLES), workshop: z.string().optional(), group: z.string().optional() })
const staffStanding = z.strictObject({ role: z.enum(STAFF_ROLES), workshop: workshopId.optional() })

const workshopCard = z.object({
  id: z.custom<WorkshopId>(),
  title: z.string(),
  organiser: z.string(),
  place: z.string(),
  begins: z.string(),
  ends: z.string(),
  phase: z.enum(PHASES),
})
const groupCard = z.object({
  id: z.custom<GroupId>(),
  number: z.number(),
  topic: z.string(),
  table: z.string(),
  facilitator: z.string(),
  draft: z.custom<DraftId>().nullable(),
  members: z.array(z.object({ id: z.custom<PersonId>(), name: z.string() })),
})
/** Before joining one sees the number of one's group and no names of others. */
const groupGlimpse = z.object({ number: z.number(), topic: z.string() }).nullable()
const entered = z.object({ home: z.string() })

export const me = endpoint({
  method: 'GET',
  path: '/api/me',
  action: 'public',
  summary: 'Who is asking: name, roles and where they begin; person null without a session',
  reply: z.object({
    person: z.custom<PersonId>().nullable(),
    name: z.string(),
    standings: z.array(standing),
    /** Where this person begins: the group's draft, the wall, the merge table. */
    home: z.string(),
    /** Whether this is one of the demo's people. */
    demo: z.boolean(),
    /** Whether staff should be told that this connection is not encrypted. */
    plainHttp: z.boolean(),
  }),
})

export const front = endpoint({
  method: 'GET',
  path: '/api/front',
  action: 'public',
  summary: 'What the front page offers: the cards of the demo while it is on',
  reply: z.object({
    demo: z.array(z.object({ role: z.enum(ROLES), name: z.string() })),
    people: z.number(),
    groups: z.number(),
    /** The demo is being made: its cards come in a moment. */
    preparing: z.boolean(),
  }),
})

export const demoSignIn = endpoint({
  method: 'POST',
  path: '/api/demo/sign-in',
  action: 'public',
  summary: 'Signs in as one of the people of the demo workshop',
  body: z.strictObject({ role: z.enum(ROLES) }),
  reply: entered,
})

export const switchDemo = endpoint({
  method: 'POST',
  path: '/api/admin/demo',
  action: 'system.read',
  summary: 'Shows the demo on the front page, or hides it',
  body: z.strictObject({ on: z.boolean() }),
})

export const signIn = endpoint({
  method: 'POST',
  path: '/api/sign-in',
  action: 'public',
  summary: 'Signs staff in with a password',
  body: z.strictObject({ signInName: typedName, password: typedPassword }),
  reply: entered,
})

export const signOut = endpoint({
  method: 'POST',
  path: '/api/sign-out',
  action: 'public',
  summary: 'Ends this session and closes its sockets',
})

export const changePassword = endpoint({
  method: 'POST',
  path: '/api/me/password',
  action: 'signed-in',
  summary: 'Changes one’s own password; all sessions of this person end',
  body: z.strictObject({ old: typedPassword, fresh: typedPassword }),
})

// ---- one-time links

export const lookAtLink = endpoint({
  method: 'POST',
  path: '/api/links/look',
  action: 'public',
  summary: 'What a one-time link offers',
  body: z.strictObject({ secret }),
  reply: z.object({
    kind: z.enum(['first-administrator', 'invitation']),
    name: z.string(),
    role: z.enum(ROLES),
    workshop: z.string().nullable(),
  }),
})

export const acceptLink = endpoint({
  method: 'POST',
  path: '/api/links/accept',
  action: 'public',
  summary: 'Makes the account that a one-time link offers, and signs in',
  body: z.strictObject({ secret, name: typedName, signInName: typedName, password: typedPassword }),
  reply: entered,
})

export const lookAtPasswordLink = endpoint({
  method: 'POST',
  path: '/api/links/password/look',
  action: 'public',
  summary: 'Whose password a one-time link sets',
  body: z.strictObject({ secret }),
  reply: z.object({ name: z.string(), signInName: z.string() }),
})

export const resetPassword = endpoint({
  method: 'POST',
  path: '/api/links/password',
  action: 'public',
  summary: 'Sets a new password by a one-time link: every session of that person ends, a new one begins here',
  body: z.strictObject({ secret, password: typedPassword }),
  reply: entered,
})

// ---- joining

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

// ---- administrator

const invitation = z.object({
  id: z.string(),
  name: z.string(),
  standing,
  state: z.enum(['open', 'expired', 'accepted', 'revoked']),
  expiresAt: moment,
})
const inviteReply = z.object({ id: z.string(), link: z.string() })

export const staff = endpoint({
  method: 'GET',
  path: '/api/staff',
  action: 'staff.manage',
  summary: 'Staff accounts, invitations, and the workshops that roles may be given in',
  reply: z.object({
    accounts: z.array(
      z.object({
        id: z.custom<PersonId>(),
        name: z.string(),
        signInName: z.string(),
        standings: z.array(standing),
        active: z.boolean(),
      }),
    ),
    invitations: z.array(invitation),
    workshops: z.array(z.object({ id: z.custom<WorkshopId>(), title: z.string() })),
  }),
})

export const invite = endpoint({
  method: 'POST',
  path: '/api/staff/invitations',
  action: 'staff.manage',
  summary: 'Invites somebody by a one-time link with a role; the link is shown once',
  body: z.strictObject({ name: typedName, ...staffStanding.shape }),
  reply: inviteReply,
})

const inInvitation = z.object({ invitation: z.string().max(40) })

export const reissueInvitation = endpoint({
  method: 'POST',
  path: '/api/staff/invitations/:invitation/renewal',
  action: 'staff.manage',
  summary: 'A new link for an invitation; the old one dies',
  params: inInvitation,
  reply: inviteReply,
})

export const revokeInvitation = endpoint({
  method: 'DELETE',
  path: '/api/staff/invitations/:invitation',
  action: 'staff.manage',
  summary: 'Makes an invitation useless',
  params: inInvitation,
})

const ofPerson = z.object({ person: personId })

export const setActive = endpoint({
  method: 'PUT',
  path: '/api/staff/:person/active',
  action: 'staff.manage',
  summary: 'Switches an account off (its sessions end at once) or on',
  params: ofPerson,
  body: z.strictObject({ active: z.boolean() }),
})

export const grantRole = endpoint({
  method: 'POST',
  path: '/api/staff/:person/standings',
  action: 'staff.manage',
  summary: 'Gives a role',
  params: ofPerson,
  body: staffStanding,
})

export const withdrawRole = endpoint({
  method: 'DELETE',
  path: '/api/staff/:person/standings',
  action: 'staff.manage',
  summary: 'Takes a role back',
  params: ofPerson,
  body: staffStanding,
})

export const passwordLink = endpoint({
  method: 'POST',
  path: '/api/staff/:person/password-link',
  action: 'staff.manage',
  summary: 'A one-time link with which somebody sets a new password; shown once, the one before dies',
  params: ofPerson,
  reply: z.object({ link: z.string() }),
})

export const accessLog = endpoint({
  method: 'GET',
  path: '/api/access-log',
  action: 'audit.read',
  summary: 'Who did what, the newest 200: ids and codes, no names or texts',
  reply: z.array(
    z.object({ id: z.string(), at: moment, what: z.string(), who: z.string().nullable(), whom: z.string().optional() }),
  ),
})

export const health = endpoint({
  method: 'GET',
  path: '/api/admin/health',
  action: 'system.read',
  summary: 'How the server is: store, memory, how long it runs, whether the demo is shown',
  reply: z.object({
    store: z.enum(['embedded', 'mongodb']),
    ready: z.boolean(),
    memoryMb: z.number(),
    upSeconds: z.number(),
    demo: z.boolean(),
    https: z.boolean(),
  }),
})
