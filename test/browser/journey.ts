/** `npm run journey [-- --seed N --host NAME --kills N]`: one workshop from the administrator's link to the endorsed document, acting only through the pages. */
import { thaiName, thaiSentence } from '../support/random-thai.ts'
import * as groups from './journey/groups.ts'
import { beginTyping, killOnce } from './journey/kills.ts'
import * as office from './journey/office.ts'
import { expect, openScene, troublesOf, until, type Person, type Scene } from './journey/scene.ts'
import * as staff from './journey/staff.ts'

const PLAIN_NAME = 'hotel.test'

function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`)
  return (at < 0 ? undefined : process.argv[at + 1]) ?? otherwise
}

async function journey(scene: Scene, kills: number): Promise<void> {
  const { random, origin, step } = scene
  const title = `เวที${thaiSentence(random)}`
  const organiser = `หน่วยงาน${thaiName(random)}`
  const reason = `เกินอำนาจของ${thaiName(random)}`
  const administrator = await scene.person(thaiName(random), 'desk')
  const facilitator = await scene.person(thaiName(random), 'desk')
  const editor = await scene.person(thaiName(random), 'desk')
  const policymaker = await scene.person(thaiName(random), 'desk')
  let seats: staff.Group[] = []
  let code = ''

  await step('the administrator’s account by the printed link', async () => {
    await staff.becomeAdministrator(scene, administrator)
    return new URL(administrator.page.url()).pathname
  })
  const inviteAs = async (person: Person, role: string, workshop: string | null, signInName: string) => {
    await administrator.page.reload()
    const link = await staff.invite(administrator.page, person.name, role, workshop)
    await staff.acceptLink(person, link, signInName, random)
  }
  await step('a facilitator by a one-time link', async () => {
    await inviteAs(facilitator, 'Facilitator', null, 'facilitator')
    return undefined
  })
  await step('a workshop with the short template', async () => {
    await staff.makeWorkshop(facilitator.page, title, organiser)
    return title
  })
  await step('an editor and a policymaker by one-time links', async () => {
    await inviteAs(editor, 'Department editor', title, 'editor')
    await inviteAs(policymaker, 'Policymaker', title, 'policymaker')
    return undefined
  })
  await step('a roster of ten with a bad row kept aside', async () => {
    const members = await staff.importRoster(scene, facilitator.page)
    return `${members.length} people, 1 row aside`
  })
  await step('two groups, each with a scribe, and the join code', async () => {
    seats = await staff.makeGroups(facilitator.page)
    code = await staff.readCode(facilitator.page)
    return seats.map(({ number, others }) => `group ${number}: ${others.length + 1}`).join(', ')
  })
  const page = facilitator.page
  await step('the wall, and on to drafting', async () => {
    await page.goto(origin)
    await page.getByRole('link', { name: /^Go on as/ }).click()
    await page.locator('.tile').nth(1).waitFor()
    await staff.moveTo(page, 'Draft')
    return undefined
  })

  const [one, two] = seats
  if (one === undefined || two === undefined) throw new Error('there are no two groups')
  const writers: groups.Writer[] = []
  for (const { number, scribe, others } of seats) {
    const names = [scribe, ...others.slice(0, number === 1 ? 2 : 1)]
    for (const [index, name] of names.entries()) writers.push(await groups.writer(scene, name, number, index === 0))
  }
  const of = (number: number) => writers.filter(({ group }) => group === number)
  await step('participants join by code and name', async () => {
    await Promise.all(writers.map((person) => groups.join(person, origin, code, person.group)))
    await Promise.all(writers.map((person) => groups.openDraft(person.page)))
    return `${writers.length} windows in 2 groups`
  })
  await step('they write at the same time', async () => {
    await Promise.all([1, 2].map((number) => groups.write(of(number), thaiSentence(random))))
    for (const { page: own, group } of writers) await groups.findWritten(own, of(group))
    return `${writers.length} sentences, ${writers.length} recommendations, all on every page of their group`
  })

  const wall = page.url()
  const reader = async () => {
    await page.goto(wall)
    await page.locator('.tile h2 a').first().click()
    await page.locator('.save').waitFor()
    return page
  }
  const typings = await beginTyping(scene, of(1).slice(0, 3), of(1).length)
  const sums = { typed: 0, before: 0, saved: 0, found: 0 }
  for (let kill = 1; kill <= kills; kill += 1) {
    await step(`kill -9 while three type, ${kill} of ${kills}`, async () => {
      const counts = await killOnce(scene, typings, reader)
      for (const key of ['typed', 'before', 'saved', 'found'] as const) sums[key] += counts[key]
      const { typed, before, saved, found } = counts
      return `typed ${typed}, shown as saved ${saved} (${before} were typed 2 s before), found ${found}`
    })
  }
  await step('what was saved', async () => {
    const share = sums.before === 0 ? 1 : Math.min(1, sums.saved / sums.before)
    expect(share >= 0.95, `only ${(share * 100).toFixed(1)} % of what was typed 2 s before was shown as saved`)
    return `typed ${sums.typed}, shown as saved ${sums.saved}, found ${sums.found}; lost of what was shown 0, doubled 0`
  })

  await step('a call for help, answered from the wall', async () => {
    const [caller] = of(2)
    if (caller === undefined) throw new Error('nobody calls')
    const about = thaiSentence(random)
    await page.goto(wall)
    await groups.callForHelp(caller.page, about)
    await page.locator('.rail-help', { hasText: about }).waitFor()
    await page.getByRole('button', { name: 'Go there' }).click()
    await until(
      () => caller.page.locator('.side').textContent(),
      (text) => text?.includes(`${facilitator.name} is coming`) === true,
      'the phone does not say who comes',
    )
    await page.getByRole('button', { name: 'Done' }).click()
    await page.getByText('No group is waiting').waitFor()
    return undefined
  })
  await step('scribes hand in, gaps listed', async () => {
    const gaps: string[] = []
    for (const { page: own, group, scribe } of writers) {
      if (scribe) gaps.push(`group ${group}: ${await groups.handIn(own)}`)
    }
    return `gaps ${gaps.join(', ')}`
  })
  await step('on to merging', async () => {
    await staff.moveTo(page, 'Merge')
    return undefined
  })

  const unwanted = typings[0]?.tag ?? ''
  let declined = ''
  await step('every clause decided, what is left falling to nothing', async () => {
    await editor.page.goto(origin)
    await editor.page.getByRole('link', { name: /^Go on as/ }).click()
    await editor.page.locator('.ledger').waitFor()
    const decided = await office.decideAll(editor.page, unwanted, reason)
    ;({ declined } = decided)
    return Object.entries(decided.kinds)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')
  })
  const versionTitle = `ข้อเสนอ${thaiSentence(random)}`
  await step('version 0.1 frozen and handed in for review', async () => {
    await office.freezeAndSubmit(editor.page, versionTitle)
    return undefined
  })
  await step('the policymaker answers and endorses', async () => {
    await policymaker.page.goto(origin)
    await policymaker.page.getByRole('link', { name: /^Go on as/ }).click()
    return `fingerprint ${await office.approve(policymaker.page, thaiSentence(random))}`
  })
  await step('DOCX and PDF read back', async () => {
    const { docx, pdf } = await office.readDocuments(policymaker.page, scene.folder)
    const words = office.plain(docx)
    const wanted = [versionTitle, title, ...writers.flatMap(({ sentence, measure }) => [sentence, measure])]
    const missing = wanted.filter((text) => !words.includes(office.plain(text)))
    expect(missing.length === 0, `not in the DOCX: ${missing.join(' | ')}`)
    const printed = office.arabic(pdf)
    const stands = (one: string) => new RegExp(`(?<![\\d.,])${one.replace('.', '\\.')}(?![\\d]|[.,]\\d)`).test(printed)
    const codes = await office.codesOn(policymaker.page)
    const lost = [...writers.map(({ amount }) => amount), ...codes].filter((one) => !stands(one))
    expect(codes.length > 0 && lost.length === 0, `not in the PDF: ${lost.join(' ')}`)
    expect(/[๐-๙]/.test(pdf) && /[๐-๙]/.test(docx), 'there are no Thai digits')
    // The ledger at the end of the package tells of what was not adopted and why; the proposal itself does not have it.
    const proposal = office.plain(await policymaker.page.locator('.pub-doc').innerText())
    expect(!proposal.includes(office.plain(declined)), 'what was declined stands in the proposal')
    expect(words.includes(office.plain(reason)), 'the ledger does not give the reason')
    return `${wanted.length} titles and texts, ${writers.length} figures, ${codes.length} clause codes`
  })
  await step('a group sees what became of its text', async () => {
    const [scribe] = of(1)
    if (scribe === undefined) throw new Error('group 1 has nobody')
    const rows = await office.readOutcomes(scribe.page, scribe.sentence, unwanted, reason)
    return `${rows} clauses`
  })
  const broken = troublesOf(scene.everybody())
  expect(broken.length === 0, `the browser told of ${broken.join(' | ')}`)
}

const seed = Number(option('seed', String(Date.now() % 1_000_000)))
const host = option('host', 'localhost')
const kills = Number(option('kills', '1'))
console.log(
  `journey on http://${host === 'plain' ? PLAIN_NAME : host}, seed ${seed}, ${kills} kill${kills === 1 ? '' : 's'}`,
)
const from = performance.now()
const scene = await openScene(host === 'plain' ? PLAIN_NAME : host, seed)
try {
  await journey(scene, kills)
  console.log(`the whole way in ${((performance.now() - from) / 1000).toFixed(0)} s`)
} catch (error) {
  process.exitCode = 1
  console.log(`failed, seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
} finally {
  await scene.close()
}
