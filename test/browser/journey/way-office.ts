/** The way from drafts that are handed in to the published document and to what each group reads of its own text. */
import { thaiName, thaiSentence } from '../../support/random-thai.ts'
import { decideAll, takeUpAgain, type Decided } from './merging.ts'
import * as office from './office.ts'
import { expect, type Person, type Scene } from './scene.ts'
import type { Plan, Team } from './way.ts'

async function enter(person: Person, origin: string): Promise<void> {
  await person.page.goto(origin)
  await person.page.getByRole('link', { name: /^Go on as/ }).click()
}

export async function mergeAndPublish(scene: Scene, plan: Plan, team: Team): Promise<void> {
  const { random, step, origin } = scene
  const { editor, policymaker, writers, unwanted } = team
  const reason = `เกินอำนาจของ${thaiName(random)}`
  const addition = thaiSentence(random)
  let decided: Decided | null = null
  let fingerprint = ''
  const versionTitle = `ข้อเสนอ${thaiSentence(random)}`

  await step('every clause decided, what is left falling to nothing', async () => {
    await enter(editor, origin)
    await editor.page.locator('.ledger').waitFor()
    decided = await decideAll(editor.page, { unwanted, reason, addition })
    return Object.entries(decided.counts)
      .map(([result, count]) => `${result} ${count}`)
      .join(', ')
  })
  const { declined, deferred } = decided ?? { declined: '', deferred: '' }
  await step('version 0.1 frozen and handed in for review', async () => {
    await office.freezeAndSubmit(editor.page, versionTitle, '0.1')
    return undefined
  })
  if (!plan.brief) {
    const objection = `ขอให้ทบทวน${thaiSentence(random)}`
    await step('the policymaker sends 0.1 back', async () => {
      await enter(policymaker, origin)
      await office.sendBack(policymaker.page, thaiSentence(random), objection)
      return objection
    })
    await step('the editor takes up what was deferred: version 0.2', async () => {
      await office.readReturned(editor.page, objection)
      await takeUpAgain(editor.page, deferred)
      await office.freezeAndSubmit(editor.page, versionTitle, '0.2')
      return deferred
    })
  }
  await step('the policymaker answers and endorses that very version', async () => {
    await enter(policymaker, origin)
    fingerprint = await office.approve(policymaker.page, thaiSentence(random))
    return `fingerprint ${fingerprint}`
  })
  await step('the editor publishes it', async () => {
    await office.publish(editor.page, fingerprint)
    return new URL(editor.page.url()).pathname
  })
  await step('DOCX and PDF read back', async () => {
    const { docx, pdf } = await office.readDocuments(editor.page, scene.folder)
    const words = office.plain(docx)
    const wanted = [versionTitle, addition, ...team.texts]
    const missing = wanted.filter((text) => !words.includes(office.plain(text)))
    expect(missing.length === 0, `not in the DOCX: ${missing.join(' | ')}`)
    const printed = office.arabic(pdf)
    const stands = (one: string) => new RegExp(`(?<![\\d.,])${one.replace('.', '\\.')}(?![\\d]|[.,]\\d)`).test(printed)
    const codes = await office.codesOn(editor.page)
    const lost = [...writers.map(({ amount }) => amount), ...codes].filter((one) => !stands(one))
    expect(codes.length > 0 && lost.length === 0, `not in the PDF: ${lost.join(' ')}`)
    expect(/[๐-๙]/.test(pdf) && /[๐-๙]/.test(docx), 'there are no Thai digits')
    // The ledger at the end of the package tells of what was not adopted and why; the proposal itself does not have it.
    const proposal = office.plain(await editor.page.locator('.pub-doc').innerText())
    expect(!proposal.includes(office.plain(declined)), 'what was declined stands in the proposal')
    expect(words.includes(office.plain(reason)), 'the ledger does not give the reason')
    if (!plan.brief) expect(proposal.includes(office.plain(deferred)), 'what was taken up again is not in the proposal')
    return `${wanted.length} titles and texts, ${writers.length} figures, ${codes.length} clause codes`
  })
  await step('each group sees what became of its text', async () => {
    const told: string[] = []
    for (const { page, group, scribe, sentence } of writers) {
      if (!scribe) continue
      const own = sentence.length > 0 && deferred.includes(sentence) && plan.brief ? '' : sentence
      const count = await office.readOutcomes(page, own, group === 1 ? { text: unwanted, reason } : null)
      told.push(`group ${group}: ${count} clauses`)
    }
    return told.join(', ')
  })
}
