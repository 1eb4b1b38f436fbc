/** Builds the official package (memo, summary, table, proposal, ledger) as data, from a frozen version and its ledger. */
import { encode } from 'uqr'
import type { DraftContent, RecommendationClause } from '../../shared/drafting/canonical.ts'
import { plainText } from '../../shared/drafting/canonical.ts'
import { codesOf } from '../../shared/drafting/clause-codes.ts'
import type { DecisionKind } from '../../shared/merging/decisions.ts'
import { DECISION_KINDS } from '../../shared/merging/decisions.ts'
import { isEmpty, mainText } from '../../shared/merging/sources.ts'
import { shortHash } from '../../shared/merging/version.ts'
import { documents as d } from '../../shared/texts/documents.ts'
import { buddhistDate } from '../../shared/thai/dates.ts'
import { thaiDigits } from '../../shared/thai/digits.ts'
import type { LedgerGroup, PackageModel } from './document-model.ts'
import { memoOf } from './memo.ts'
import { officialNumber, officialText } from './official-text.ts'
import type { LedgerRow, PackageInput } from './package-input.ts'
import { budgetOf, fieldOf, sectionsOf } from './proposal-blocks.ts'

/** Measures named in the summary: with these the page is not exceeded (OFFICIAL figures; the template checks). */
const KEY_MEASURES = 6
const PROBLEM_LETTERS = 320

const measuresOf = (content: DraftContent): RecommendationClause[] =>
  content.sections.flatMap(({ clauses }) =>
    clauses.flatMap((c) => (c.kind === 'recommendation' && !isEmpty(c) ? [c] : [])),
  )

/** "ระหว่างวันที่ … – …" of the workshop's days; empty when unknown. */
function whenOf({ begins, ends }: PackageInput['workshop']): string {
  if (begins === '') return ''
  const day = (iso: string): string => buddhistDate(Date.parse(`${iso}T05:00:00Z`), { style: 'long', digits: 'thai' })
  return d.dates(day(begins), day(ends === '' ? begins : ends))
}

function shortened(text: string, letters: number): string {
  if (text.length <= letters) return text
  const cut = text.lastIndexOf(' ', letters)
  return `${text.slice(0, cut > letters / 2 ? cut : letters)} …`
}

/** Counts of every kind of decision, in Thai digits, in the order of DECISION_KINDS. */
function countsOf(rows: readonly LedgerRow[]): [string, string, string, string, string] {
  const count = (kind: DecisionKind): string => officialNumber(rows.filter((row) => row.kind === kind).length)
  return [count('adopt'), count('combine'), count('edit'), count('decline'), count('defer')]
}

function ledgerOf({ groups, ledger }: PackageInput, codes: ReadonlyMap<string, string>): LedgerGroup[] {
  const numbers = [...new Set(ledger.map((row) => row.group))].sort((a, b) => a - b)
  return numbers.map((number) => ({
    title: officialText(d.groupHeading(String(number), groups.find((group) => group.number === number)?.name ?? '')),
    rows: ledger
      .filter((row) => row.group === number)
      .map((row) => [
        d.groupCode(thaiDigits(number), thaiDigits(row.code)),
        officialText(row.text),
        d.kinds[row.kind],
        row.where.flatMap((id) => (codes.has(id) ? [thaiDigits(codes.get(id) ?? '')] : [])).join(', '),
        officialText(row.reason),
      ]),
  }))
}

/** The package of a version. Pure: the same input gives the same data. */
export function packageOf(input: PackageInput): PackageModel {
  const { version, workshop, ledger } = input
  const codes = codesOf(version.content)
  const measures = measuresOf(version.content)
  const people = workshop.participants === null ? '' : officialNumber(workshop.participants)
  const groupCount = officialNumber(input.groups.length)
  const total = officialNumber(ledger.length)
  const counts = countsOf(ledger)
  const label = thaiDigits(version.number)
  const code = shortHash(version.hash)
  const when = whenOf(workshop)
  const title = officialText(version.title)
  const groupsOf = (id: string): string => {
    const numbers = [...new Set(ledger.filter((row) => row.where.includes(id)).map((row) => row.group))]
    return numbers.length === 0
      ? ''
      : d.groupsOf(
          numbers
            .sort((a, b) => a - b)
            .map(thaiDigits)
            .join(', '),
        )
  }
  const originsOf = (id: string): string =>
    ledger
      .filter((row) => row.where.includes(id))
      .map((row) => d.groupCode(thaiDigits(row.group), thaiDigits(row.code)))
      .join(', ')
  const background = version.content.sections.find(({ id }) => id === 'background')?.clauses ?? []
  const problem = background.map(mainText).find((text) => text.trim() !== '') ?? ''
  const high = measures.filter(({ priority }) => priority === 'high')
  const key = [...high, ...measures.filter(({ priority }) => priority !== 'high')].slice(0, KEY_MEASURES)
  return {
    title,
    draft: input.approval === null ? d.draftMark : '',
    label,
    code,
    hash: version.hash,
    url: input.url,
    qr: encode(input.url, { border: 0, ecc: 'M' }).data.map((row) => row.map((dark) => (dark ? '1' : '0')).join('')),
    footer: d.footer(label, code),
    at: version.at,
    approval:
      input.approval === null
        ? ''
        : d.approvedAs(
            input.approval.verb,
            label,
            officialText(input.approval.by),
            buddhistDate(input.approval.at, { style: 'long', digits: 'thai' }),
          ),
    memo: memoOf(input, {
      title,
      label,
      when,
      people,
      groupCount,
      total,
      counts,
      measures: measures.length,
      high: high.length,
    }),
    summary: {
      enclosure: d.enclosure(thaiDigits(1)),
      title: d.summaryTitle,
      parts: [
        { title: d.origin, text: d.originText(people, groupCount, total, officialText(workshop.title), when) },
        ...(problem === '' ? [] : [{ title: d.problem, text: officialText(shortened(problem, PROBLEM_LETTERS)) }]),
      ],
      keyTitle: d.keyMeasures(officialNumber(measures.length)),
      keyHead: [d.clause, d.measure, d.lead, d.timeframe],
      key: key.map((clause) => [
        thaiDigits(codes.get(clause.id) ?? ''),
        officialText(shortened(plainText(clause.fields.measure), 170)),
        fieldOf(clause, 'lead'),
        fieldOf(clause, 'timeframe'),
      ]),
      resultsTitle: d.results(total),
      resultsHead: DECISION_KINDS.map((kind) => d.kinds[kind]),
      results: counts.map(d.inClauses),
      asksTitle: d.asksTitle,
      asks: d.asksText,
    },
    table: {
      enclosure: d.enclosureMore(thaiDigits(1)),
      title: d.tableTitle,
      head: [d.order, d.measure, d.agencies, d.budget, d.timeframe, d.kpi, d.origin],
      rows: measures.map((clause, index) => {
        const support = fieldOf(clause, 'support')
        return [
          officialNumber(index + 1),
          fieldOf(clause, 'measure'),
          fieldOf(clause, 'lead'),
          support === '' ? '' : d.supportOf(support),
          budgetOf(clause),
          fieldOf(clause, 'source'),
          fieldOf(clause, 'timeframe'),
          fieldOf(clause, 'kpi'),
          groupsOf(clause.id),
        ]
      }),
    },
    proposal: {
      enclosure: d.enclosure(thaiDigits(2)),
      by: d.madeBy(people, groupCount),
      sections: sectionsOf(version.content, { codes, originsOf, lawName: input.lawName }),
    },
    ledger: {
      enclosure: d.enclosure(thaiDigits(3)),
      title: d.ledgerTitle,
      counts: d.countsShort(...counts),
      head: [d.clauseCode, d.submitted, d.outcome, d.finalClause, d.reason],
      groups: ledgerOf(input, codes),
    },
  }
}
