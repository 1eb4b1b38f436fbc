/** Joining a workshop without an account: by the code and one's own name, or by the personal link on a card. */
import { Schema, type Connection } from 'mongoose'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import { readJoinCode } from '../../shared/people/join-code.ts'
import { NOTICE_VERSION } from '../../shared/people/notice.ts'
import { personNameKey, tidyName } from '../../shared/thai/person-name.ts'
import type { Announcer } from '../announce/events.ts'
import { Problem } from '../problem.ts'
import type { Attempts } from './attempts.ts'
import type { Audit } from './audit.ts'
import type { JoinCodes } from './join-codes.ts'
import { require } from './permission.ts'
import type { PersonalLinks } from './personal-links.ts'
import type { GroupCard, RosterPerson, RosterPort, WorkshopCard, WorkshopPort } from './roster-ports.ts'
import { newId } from './secrets.ts'
import type { Sessions } from './sessions.ts'
import type { Viewer } from './viewer.ts'

type Acceptance = { _id: string; person: PersonId; notice: number; at: Date; v: number }
type Waiting = { _id: string; workshop: WorkshopId; name: string; organisation: string; at: Date; v: number }

const acceptanceSchema = new Schema<Acceptance>({
  _id: String,
  person: { type: String, index: true },
  notice: Number,
  at: Date,
  v: Number,
})
const waitingSchema = new Schema<Waiting>({
  _id: String,
  workshop: { type: String, index: true },
  name: String,
  organisation: String,
  at: Date,
  v: Number,
})
/** Names kept for the facilitator of one workshop; the oldest stay. */
const MOST_WAITING = 100

/** What a typed name leads to. Never a list of names: an organisation is asked for only where two share a name. */
export type NameOutcome =
  | { readonly kind: 'found'; readonly person: RosterPerson; readonly group: GroupCard | null }
  | { readonly kind: 'same-name' }
  | { readonly kind: 'unknown' }

/** A name at the door: typed with the right code, but not on the roster. */
export type WaitingName = {
  readonly id: string
  readonly name: string
  readonly organisation: string
  readonly at: Date
}

export type Joined = { readonly person: RosterPerson; readonly cookie: string }
export type Typed = { readonly code: string; readonly name: string; readonly organisation?: string | undefined }

export type JoiningDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly codes: JoinCodes
  readonly links: PersonalLinks
  readonly roster: RosterPort
  readonly workshops: WorkshopPort
  readonly sessions: Sessions
  readonly attempts: Attempts
  readonly audit: Audit
}

export type Joining = ReturnType<typeof createJoining>

export function createJoining({
  connection,
  announcer,
  codes,
  links,
  roster,
  workshops,
  sessions,
  attempts,
  audit,
}: JoiningDeps) {
  const acceptances = connection.model('notice-acceptance', acceptanceSchema)
  const waiting = connection.model('waiting-name', waitingSchema)

  const workshopOf = async (typed: string, address: string): Promise<WorkshopCard> => {
    attempts.check(address)
    const code = readJoinCode(typed)
    const found = code === null ? ({ kind: 'unknown' } as const) : await codes.find(code)
    if (found.kind === 'unknown') {
      attempts.failed(address)
      throw new Problem(404, 'wrong-code')
    }
    if (found.kind === 'closed') throw new Problem(403, 'code-closed')
    const card = await workshops.card(found.workshop)
    if (card === null) throw new Problem(404, 'wrong-code')
    return card
  }
  const match = async (workshop: WorkshopId, typed: Typed): Promise<RosterPerson | 'same-name' | null> => {
    const found = await roster.byName(workshop, personNameKey(typed.name))
    if (found.length <= 1) return found[0] ?? null
    if (typed.organisation === undefined || typed.organisation.trim() === '') return 'same-name'
    const key = personNameKey(typed.organisation)
    const there = found.filter(({ organisation }) => personNameKey(organisation) === key)
    const [only] = there
    return there.length === 1 && only !== undefined ? only : 'same-name'
  }
  const groupOf = async ({ group }: RosterPerson): Promise<GroupCard | null> =>
    group === null ? null : roster.groupCard(group)
  const personOfLink = async (secret: string, address: string): Promise<RosterPerson> => {
    const id = await links.personOf(secret)
    const person = id === null ? null : await roster.byId(id)
    // Nobody guesses 128 bits: while codes are held off at a venue, its cards still open.
    if (person !== null) return person
    attempts.check(address)
    attempts.failed(address)
    throw new Problem(404, 'card-dead')
  }
  const enter = async (person: RosterPerson, notice: number, cookie: string | undefined): Promise<Joined> => {
    if (notice !== NOTICE_VERSION) throw new Problem(409, 'notice-changed')
    await acceptances.create({ _id: newId(), person: person.id, notice, at: new Date(), v: 1 })
    await audit.record({ what: 'joined', who: person.id, workshop: person.workshop })
    return { person, cookie: await sessions.start(person.id, 'participant', cookie) }
  }

  return {
    /** Which workshop a code leads to. Throws Problem 404 `wrong-code` (counted), 403 `code-closed`, 429 `too-many`. */
    look(code: string, address: string): Promise<WorkshopCard> {
      return workshopOf(code, address)
    },

    /** What a name leads to within that workshop; an unknown name is counted and kept for the facilitator to see. */
    async name(typed: Typed, address: string): Promise<NameOutcome> {
      const workshop = await workshopOf(typed.code, address)
      const person = await match(workshop.id, typed)
      if (person === 'same-name') return { kind: 'same-name' }
      if (person !== null) return { kind: 'found', person, group: await groupOf(person) }
      attempts.failed(address)
      const name = tidyName(typed.name)
      const known = await waiting.find({ workshop: workshop.id }).limit(MOST_WAITING).lean<Waiting[]>()
      if (known.length < MOST_WAITING && !known.some((other) => personNameKey(other.name) === personNameKey(name))) {
        const organisation = tidyName(typed.organisation ?? '')
        await waiting.create({ _id: newId(), workshop: workshop.id, name, organisation, at: new Date(), v: 1 })
        announcer.announce({ kind: 'name-waits', workshop: workshop.id })
      }
      return { kind: 'unknown' }
    },

    /** Joins: the notice's version is recorded, a session with a new token starts. Throws `name-unknown`, `notice-changed`. */
    async join(typed: Typed, notice: number, address: string, cookie: string | undefined): Promise<Joined> {
      const workshop = await workshopOf(typed.code, address)
      const person = await match(workshop.id, typed)
      if (person === null || person === 'same-name') {
        attempts.failed(address)
        throw new Problem(404, 'name-unknown')
      }
      return enter(person, notice, cookie)
    },

    /** Whose card this is: "you are …?". Throws Problem 404 `card-dead`. */
    async lookAtCard(
      secret: string,
      address: string,
    ): Promise<{ person: RosterPerson; workshop: WorkshopCard; group: GroupCard | null }> {
      const person = await personOfLink(secret, address)
      const workshop = await workshops.card(person.workshop)
      if (workshop === null) throw new Problem(404, 'card-dead')
      return { person, workshop, group: await groupOf(person) }
    },

    /** Joins, or comes back, by the personal link. */
    async joinByCard(secret: string, notice: number, address: string, cookie: string | undefined): Promise<Joined> {
      return enter(await personOfLink(secret, address), notice, cookie)
    },

    /** What the last screen shows to somebody who has joined. */
    async mine(viewer: Viewer): Promise<{ person: RosterPerson; workshop: WorkshopCard; group: GroupCard | null }> {
      const person = viewer.person === null ? null : await roster.byId(viewer.person)
      const workshop = person === null ? null : await workshops.card(person.workshop)
      if (person === null || workshop === null) throw new Problem(404, 'not-found')
      return { person, workshop, group: await groupOf(person) }
    },

    /** One's own link for coming back; `fresh` kills the old one, card included. */
    async myLink(viewer: Viewer, fresh: boolean): Promise<string> {
      const person = viewer.person === null ? null : await roster.byId(viewer.person)
      if (person === null) throw new Problem(404, 'not-found')
      if (fresh) return links.renew(person.id)
      return (await links.secretsOf([person.id])).get(person.id) ?? links.renew(person.id)
    },

    /** A new link for somebody who lost the card; the facilitator hands it over. */
    async renewLinkOf(viewer: Viewer, workshop: WorkshopId, id: PersonId): Promise<string> {
      require(viewer, 'cards.print', { workshop })
      const person = await roster.byId(id)
      if (person === null || person.workshop !== workshop) throw new Problem(404, 'not-found')
      await audit.record({ what: 'card-renewed', who: viewer.person, whom: id, workshop })
      return links.renew(id)
    },

    /** Names that were typed and not found, for the facilitator to add to the roster; who is on it by now waits no longer. */
    async waitingNames(viewer: Viewer, workshop: WorkshopId): Promise<WaitingName[]> {
      require(viewer, 'roster.read', { workshop })
      const found = await waiting.find({ workshop }).sort({ at: 1 }).limit(MOST_WAITING).lean<Waiting[]>()
      const known = await Promise.all(found.map(({ name }) => roster.byName(workshop, personNameKey(name))))
      return found
        .filter((_name, index) => known[index]?.length === 0)
        .map(({ _id, name, organisation, at }) => ({ id: _id, name, organisation, at }))
    },

    /** Takes a name off the list; typed again it stands there again. Throws Problem 404. */
    async refuseName(viewer: Viewer, workshop: WorkshopId, id: string): Promise<void> {
      require(viewer, 'roster.import', { workshop })
      const gone = await waiting.deleteOne({ _id: id, workshop })
      if (gone.deletedCount === 0) throw new Problem(404, 'not-found')
      await audit.record({ what: 'name-refused', who: viewer.person, workshop })
      announcer.announce({ kind: 'name-waits', workshop })
    },
  }
}
