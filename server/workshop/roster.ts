/** Importing a roster: looked at first, then applied with the facilitator's answers; what is kept aside stays to be seen. */
import type { Connection } from 'mongoose'
import type { PersonId, WorkshopId } from '../../shared/ids.ts'
import { tidyName } from '../../shared/thai/person-name.ts'
import { lgoTypeOf, neutralised, organisationOf, provinceOf, splitPrefix } from '../../shared/workshop/roster-cells.ts'
import type { RosterEntry } from '../../shared/workshop/roster-entry.ts'
import { readRoster, type AsideReason, type RosterReading } from '../../shared/workshop/roster-reading.ts'
import type { Announcer } from '../announce/events.ts'
import type { Audit } from '../people/audit.ts'
import { require } from '../people/permission.ts'
import type { Viewer } from '../people/viewer.ts'
import { Problem } from '../problem.ts'
import type { Groups } from './groups.ts'
import { rosterImportModel, type RosterImportRecord } from './participant-model.ts'
import type { NewParticipant, Participants } from './participants.ts'
import { readRosterFile } from './roster-files.ts'

export type RosterDeps = {
  readonly connection: Connection
  readonly announcer: Announcer
  readonly participants: Participants
  readonly groups: Groups
  readonly audit: Audit
  readonly now?: () => number
}
export type Roster = ReturnType<typeof createRoster>

type Read = Extract<RosterReading, { kind: 'read' }>
/** What a facilitator decided about single rows before applying. */
export type RosterAnswers = {
  /** Rows kept aside that were mended: they are imported. */
  readonly mended: readonly { readonly row: number; readonly name: string; readonly organisation: string }[]
  /** Rows left out because they are the same person as another row. */
  readonly leftOut: readonly number[]
  /** Pairs of rows that were said to be two people. */
  readonly different: readonly { readonly a: number; readonly b: number }[]
}
export type Applied = {
  readonly added: number
  readonly updated: number
  readonly aside: number
  readonly seated: number
}

const MENDABLE: ReadonlySet<AsideReason> = new Set(['missing-name', 'missing-organisation', 'duplicate'])

export function createRoster({ connection, announcer, participants, groups, audit, now = Date.now }: RosterDeps) {
  const model = rosterImportModel(connection)

  const open = async (bytes: Uint8Array): Promise<Read> => {
    const file = await readRosterFile(bytes)
    if (file.kind === 'too-large') throw new Problem(413, 'roster-too-large')
    if (file.kind === 'unreadable') throw new Problem(422, 'roster-unreadable')
    const reading = readRoster(file.rows)
    if (reading.kind === 'no-header') throw new Problem(422, 'roster-no-header')
    return reading
  }
  const participantOf = ({ nickname: _nickname, ...entry }: RosterEntry): NewParticipant => entry
  const mend = (entry: RosterEntry, given: RosterAnswers['mended'][number]): RosterEntry => {
    const { prefix, name } = splitPrefix(entry.prefix, tidyName(given.name))
    const organisation = organisationOf(tidyName(given.organisation))
    return { ...entry, prefix, name, organisation: organisation.name, lgoType: organisation.type ?? entry.lgoType }
  }
  /** People who came after the groups were made join the smallest ones. */
  const seatLate = async (workshop: WorkshopId, added: readonly PersonId[]): Promise<number> =>
    (await groups.ofWorkshop(workshop)).length === 0 ? 0 : groups.seatLatecomers(workshop, added)

  return {
    /** Reads a file and says what would happen; nothing is stored. Throws 413 `roster-too-large`, 422 `roster-unreadable`, `roster-no-header`. */
    async look(viewer: Viewer, workshop: WorkshopId, bytes: Uint8Array): Promise<Read> {
      require(viewer, 'roster.import', { workshop })
      return open(bytes)
    },

    /** Reads the same file again and takes it in with the answers; applied twice it changes nothing more. */
    async apply(
      viewer: Viewer,
      workshop: WorkshopId,
      fileName: string,
      bytes: Uint8Array,
      answers: RosterAnswers,
    ): Promise<Applied> {
      require(viewer, 'roster.import', { workshop })
      const reading = await open(bytes)
      const left = new Set(answers.leftOut)
      const mended = new Map(answers.mended.map((one) => [one.row, one]))
      const fixed = reading.aside.flatMap(({ row, reason, entry }) => {
        const given = mended.get(row)
        if (given === undefined || entry === null || !MENDABLE.has(reason)) return []
        if (tidyName(given.name) === '' || tidyName(given.organisation) === '') throw new Problem(400, 'name-needed')
        return [mend(entry, given)]
      })
      const people = [...reading.kept.filter(({ row }) => !left.has(row)), ...fixed].map(participantOf)
      const { added, updated, byRow } = await participants.put(workshop, people)
      const differs = new Set(answers.different.map(({ a, b }) => `${a} ${b}`))
      const aside = reading.aside.filter(({ row }) => !fixed.some((entry) => entry.row === row))
      const record: Omit<RosterImportRecord, '_id'> = {
        fileName,
        at: new Date(now()),
        by: viewer.person,
        kept: people.length,
        aside: aside.map(({ row, reason, of, entry, cells }) => ({
          row,
          reason,
          ofRow: of === null ? null : (reading.kept[of]?.row ?? null),
          name: entry?.name ?? shownLine(cells),
          organisation: entry?.organisation ?? '',
          position: entry?.position ?? '',
          added: false,
        })),
        asks: reading.asks.flatMap(({ a, b, likely }) => {
          const rowA = reading.kept[a]?.row ?? 0
          const rowB = reading.kept[b]?.row ?? 0
          const one = byRow.get(rowA)
          const other = byRow.get(rowB)
          if (one === undefined || other === undefined || one === other) return []
          return [
            {
              a: one,
              b: other,
              rowA,
              rowB,
              likely,
              answer: differs.has(`${rowA} ${rowB}`) ? ('different' as const) : null,
            },
          ]
        }),
        v: 1,
      }
      await model.updateOne({ _id: workshop }, { $set: record }, { upsert: true })
      await audit.record({ what: 'roster-imported', who: viewer.person, workshop })
      const seated = await seatLate(workshop, added)
      announcer.announce({ kind: 'roster-changed', workshop })
      return { added: added.length, updated, aside: aside.length, seated }
    },

    /** What the last import kept aside and still asks; null before the first. */
    async lastImport(
      viewer: Viewer,
      workshop: WorkshopId,
    ): Promise<(Omit<RosterImportRecord, '_id' | 'v' | 'by' | 'at'> & { readonly at: number }) | null> {
      require(viewer, 'roster.read', { workshop })
      const found = await model.findById(workshop).lean<RosterImportRecord>()
      if (found === null) return null
      const { fileName, at, kept, aside, asks } = found
      return { fileName, at: at.getTime(), kept, aside, asks }
    },

    /** Answers a question about two people: the same one leaves the later row out of the roster. */
    async answer(
      viewer: Viewer,
      workshop: WorkshopId,
      a: PersonId,
      b: PersonId,
      answer: 'same' | 'different',
    ): Promise<void> {
      require(viewer, 'roster.import', { workshop })
      const found = await model.findById(workshop).lean<RosterImportRecord>()
      const asked = found?.asks.find((ask) => ask.a === a && ask.b === b)
      if (found === null || asked === undefined) throw new Problem(404, 'not-found')
      if (answer === 'same') await participants.remove(viewer, workshop, b)
      const asks = found.asks.map((ask) => (ask === asked ? { ...ask, answer } : ask))
      await model.updateOne({ _id: workshop }, { $set: { asks } })
      announcer.announce({ kind: 'roster-changed', workshop })
    },

    /** Adds one person by hand: a latecomer, or a row that was kept aside (`row`). With groups made, they join the smallest. */
    async add(
      viewer: Viewer,
      workshop: WorkshopId,
      given: {
        readonly name: string
        readonly organisation: string
        readonly position: string
        readonly province: string
        readonly row: number | null
      },
    ): Promise<{ readonly person: PersonId }> {
      require(viewer, 'roster.import', { workshop })
      const { prefix, name } = splitPrefix('', tidyName(given.name))
      const organisation = organisationOf(tidyName(given.organisation))
      if (name === '' || organisation.name === '') throw new Problem(400, 'name-needed')
      const person: NewParticipant = {
        prefix,
        name,
        position: tidyName(given.position),
        organisation: organisation.name,
        lgoType: organisation.type ?? lgoTypeOf(organisation.name),
        district: '',
        province: provinceOf(tidyName(given.province)).name,
        notices: [],
        row: given.row ?? 0,
      }
      const { added, byRow } = await participants.put(workshop, [person], { anew: true })
      if (given.row !== null) {
        const found = await model.findById(workshop).lean<RosterImportRecord>()
        const aside = (found?.aside ?? []).map((one) => (one.row === given.row ? { ...one, added: true } : one))
        if (found !== null) await model.updateOne({ _id: workshop }, { $set: { aside } })
      }
      await seatLate(workshop, added)
      const id = byRow.get(person.row)
      if (id === undefined) throw new Problem(409, 'conflict')
      return { person: id }
    },

    /** The rows kept aside as a CSV that a spreadsheet opens: UTF-8 with BOM, nothing that runs as a formula. */
    async asideFile(viewer: Viewer, workshop: WorkshopId, headings: readonly string[]): Promise<Uint8Array> {
      require(viewer, 'roster.read', { workshop })
      const found = await model.findById(workshop).lean<RosterImportRecord>()
      const rows = (found?.aside ?? []).filter(({ added }) => !added)
      const cell = (text: string): string => `"${neutralised(text).replaceAll('"', '""')}"`
      const lines = [
        headings,
        ...rows.map(({ row, name, position, organisation, reason }) => [
          String(row),
          name,
          position,
          organisation,
          reason,
        ]),
      ]
      return new TextEncoder().encode(`\ufeff${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`)
    },
  }
}

/** The words of a row that is no person: a total, a signature. */
function shownLine(cells: readonly string[]): string {
  return cells
    .map((cell) => cell.trim())
    .filter(Boolean)
    .slice(0, 3)
    .join(' · ')
    .slice(0, 120)
}
