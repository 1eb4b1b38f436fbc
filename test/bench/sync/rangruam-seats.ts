/** Prepares a data folder for a bench of our server: groups at work and a session for everybody, written down beside the data; then it ends. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { startApp, type App } from '../../../server/app.ts'
import type { Viewer } from '../../../server/people/viewer.ts'
import type { PersonId } from '../../../shared/ids.ts'
import { SEATS_FILE, type Seat } from './subject.ts'

const [dataDir = '', rooms = '1', people = '1'] = process.argv.slice(2)
const ABOUT = { title: 'Bench', organiser: 'Bench', place: '', begins: '2026-01-01', ends: '2026-01-02', subject: '' }
const BLANK = {
  prefix: '',
  position: '',
  organisation: 'Bench',
  lgoType: 'sao',
  district: '',
  province: '',
  notices: [],
}
const GROUPS_OF_A_WORKSHOP = 50

/** Groups with a draft each and everybody seated; as many people as asked, spread evenly. */
async function seatEverybody({ rooms: house }: App, groups: number, everybody: number): Promise<Seat[]> {
  const seats: Seat[] = []
  for (let at = 0; at < groups; at += GROUPS_OF_A_WORKSHOP) {
    const count = Math.min(GROUPS_OF_A_WORKSHOP, groups - at)
    const seated = Math.floor((everybody * (at + count)) / groups) - Math.floor((everybody * at) / groups)
    const workshop = await house.workshop.workshops.createDemo({ ...ABOUT, template: 'short' })
    const lead = await house.people.accounts.createDemo('Bench', 'facilitator', workshop)
    const viewer: Viewer = { person: lead, session: null, ...(await house.people.accounts.viewerOf(lead))! }
    const names = Array.from({ length: seated }, (_, row) => ({ ...BLANK, name: `Person ${at} ${row}`, row }))
    await house.workshop.participants.put(
      workshop,
      names as Parameters<App['rooms']['workshop']['participants']['put']>[1],
    )
    const made = await house.workshop.groups.make(viewer, workshop, count, 1)
    await house.workshop.phases.move(viewer, workshop, 'draft', 0)
    for (const group of made.groups) {
      const start = async (person: { id: string }): Promise<string> =>
        (await house.people.sessions.start(person.id as PersonId, 'participant', undefined)).split(';')[0] ?? ''
      const cookies = await Promise.all(group.people.map(start))
      seats.push({ path: `collab/${group.draft}.1?ack=1`, name: '', cookies })
    }
  }
  return seats
}

const app = await startApp(
  {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    mongodbUri: process.env['MONGODB_URI'],
    redisUrl: undefined,
    publicUrl: undefined,
    trustedProxies: [],
    demo: false,
    logLevel: 'error',
  },
  pino({ level: 'error' }, pino.destination(2)),
)
writeFileSync(join(dataDir, SEATS_FILE), JSON.stringify(await seatEverybody(app, Number(rooms), Number(people))))
await app.close()
process.exit(0)
