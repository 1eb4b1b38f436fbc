/** Routes of the administrator: staff, invitations, roles, the log of access, health, the demo on the front page. */
import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'
import type { PersonId, WorkshopId } from '../ids.ts'
import { moment, personId, staffStanding, standing, typedName } from './shapes.ts'

export const switchDemo = endpoint({
  method: 'POST',
  path: '/api/admin/demo',
  action: 'system.read',
  summary: 'Shows the demo on the front page, or hides it',
  body: z.strictObject({ on: z.boolean() }),
})

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
  summary: 'How the server is: store, other nodes, memory, how long it runs, whether the demo is shown',
  reply: z.object({
    store: z.enum(['embedded', 'mongodb']),
    ready: z.boolean(),
    /** `away`: Redis does not answer, and this node works on alone. */
    nodes: z.object({ link: z.enum(['alone', 'connected', 'away']), others: z.number() }),
    memoryMb: z.number(),
    upSeconds: z.number(),
    demo: z.boolean(),
    https: z.boolean(),
  }),
})
