/** Routes of one person: who is asking, the front page, signing in and out, one-time links. What goes over the wire, for server, client and OpenAPI. */
import { z } from 'zod'
import { endpoint } from '../http/endpoint.ts'
import type { PersonId } from '../ids.ts'
import { ROLES } from './roles.ts'
import { entered, secret, standing, typedName, typedPassword } from './shapes.ts'

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
