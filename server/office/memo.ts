/** The memo (หนังสือภายใน) of a package, in its five parts; number, day and signature stay blank for the clerk. */
import { isEmpty, mainText } from '../../shared/merging/sources.ts'
import { documents as d } from '../../shared/texts/documents.ts'
import { buddhistDate } from '../../shared/thai/dates.ts'
import { thaiDigits } from '../../shared/thai/digits.ts'
import type { MemoPart, PackageModel } from './document-model.ts'
import { memoDefaults } from './memo-settings.ts'
import { officialNumber, officialText } from './official-text.ts'
import { wordsOf } from './proposal-blocks.ts'
import type { PackageInput } from './package-input.ts'

/** What the package has counted and written already, in Thai digits. */
export type MemoFacts = {
  readonly title: string
  readonly label: string
  readonly when: string
  readonly people: string
  readonly groupCount: string
  readonly total: string
  readonly counts: readonly [string, string, string, string, string]
  readonly measures: number
  readonly high: number
}

/** Laws shown in the memo; the rest stand in the proposal. */
const LAWS = 5

/** The memo's text. */
export function memoOf(input: PackageInput, facts: MemoFacts): PackageModel['memo'] {
  const { version, workshop, memo } = input
  const defaults = memoDefaults(workshop.department)
  const department = defaults.agency
  const agency = [memo.agency || department, memo.contact].filter((line) => line !== '').map(officialText)
  const day = buddhistDate(version.at, { style: 'long', digits: 'thai' })
  const laws = (version.content.sections.find(({ id }) => id === 'legal_basis')?.clauses ?? [])
    .filter((clause) => !isEmpty(clause))
    .map((clause) =>
      'runs' in clause
        ? wordsOf(clause.runs, input.lawName)
            .map(({ t }) => t)
            .join('')
        : officialText(mainText(clause)),
    )
    .slice(0, LAWS)
  const plain = (text: string) => ({ label: '', text: officialText(text) })
  const numbered = (part: number, texts: readonly string[]) =>
    texts.map((text, index) => ({ label: thaiDigits(`${part}.${index + 1}`), text: officialText(text) }))
  const bodies: MemoPart['clauses'][] = [
    [plain(d.before(department, workshop.title, facts.when, workshop.place))],
    [
      plain(d.facts(facts.people, facts.groupCount, facts.total, facts.label, day)),
      ...numbered(2, [
        d.counts(...facts.counts),
        d.measures(officialNumber(facts.measures), officialNumber(facts.high)),
      ]),
      plain(d.attached),
    ],
    laws.length === 0 ? [plain(d.noLaw)] : [plain(d.lawsSeen), ...numbered(3, laws)],
    [
      plain(
        `${d.considered(department)} ${facts.counts[3] === thaiDigits(0) ? '' : d.declinedCount(facts.counts[3])}`.trim(),
      ),
    ],
    [plain(d.asked), ...numbered(5, d.asks(d.verb))],
  ]
  // The day stays blank: the clerk writes it; month and year are those of the version.
  const month = day.split(' ').slice(1).join(' ')
  return {
    title: d.memoTitle,
    labels: { agency: d.agency, number: d.number, date: d.date, subject: d.subject },
    agency,
    number: officialText(memo.prefix),
    date: `          ${month}`,
    subject: `${d.subjectOf(facts.title)}${input.approval === null ? ` ${d.draftMark}` : ''}`,
    toLabel: d.to,
    to: officialText(memo.to || defaults.to),
    parts: bodies.map((clauses, index) => ({ title: thaiDigits(`${index + 1}. `) + (d.parts[index] ?? ''), clauses })),
    closing: d.closing,
    signer: memo.signer === '' ? d.signerName : `(${officialText(memo.signer)})`,
    position: memo.position === '' ? d.signerPosition : officialText(memo.position),
  }
}
