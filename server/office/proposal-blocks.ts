/** The proposal's text as blocks for documents: list labels counted, measures as label and value, codes in Thai digits. */
import type {
  DraftContent,
  Inline,
  RecommendationClause,
  RecommendationField,
} from '../../shared/drafting/canonical.ts'
import { plainText } from '../../shared/drafting/canonical.ts'
import { isEmpty, sectionNumber } from '../../shared/merging/sources.ts'
import { documents as d } from '../../shared/texts/documents.ts'
import { terms } from '../../shared/texts/th/terms.ts'
import { thaiDigits } from '../../shared/thai/digits.ts'
import type { Block, PackageModel, Words } from './document-model.ts'
import { officialNumber, officialText } from './official-text.ts'

export type BlockNeeds = {
  readonly codes: ReadonlyMap<string, string>
  /** Codes of the groups' clauses that a clause of the proposal came from. */
  readonly originsOf: (clause: string) => string
  readonly lawName: (id: string) => string
}

/** Inline content as runs with Thai digits; a citation prints the law's name. */
export function wordsOf(runs: readonly Inline[], lawName: (id: string) => string): Words[] {
  return runs.map((run) =>
    'cite' in run
      ? { t: officialText(lawName(run.cite)) }
      : {
          t: officialText(run.text),
          ...(run.strong === true ? { b: true } : {}),
          ...(run.em === true ? { i: true } : {}),
        },
  )
}

/** A text field of a measure, Thai digits. */
export function fieldOf(clause: RecommendationClause, field: RecommendationField): string {
  return officialText(plainText(clause.fields[field])).trim()
}

/** The words of a budget; the amount and its unit before them unless the words say the amount already. */
export function budgetOf(clause: RecommendationClause): string {
  const said = fieldOf(clause, 'budget')
  if (clause.amount === null) return said
  const amount = officialNumber(clause.amount)
  if (said.replaceAll(',', '').includes(amount.replaceAll(',', ''))) return said
  return `${amount}${clause.unit === null ? '' : ` ${officialText(clause.unit)}`} ${said}`.trim()
}

/** Label and value of what a measure says; what was left open is not printed. */
function pairsOf(clause: RecommendationClause, origins: string): [string, string][] {
  const source = fieldOf(clause, 'source')
  const budget = budgetOf(clause)
  const instrument = [
    clause.levelOf === null ? '' : terms.levels[clause.levelOf],
    clause.instrument === null ? '' : terms.instruments[clause.instrument],
  ].filter((text) => text !== '')
  const lgo = [...clause.lgoTypes.map((type) => terms.lgoTypes[type]), fieldOf(clause, 'lgoNote')].filter(
    (text) => text !== '',
  )
  const pairs: [string, string][] = [
    [d.lead, fieldOf(clause, 'lead')],
    [d.support, fieldOf(clause, 'support')],
    [d.budget, source === '' ? budget : budget === '' ? source : `${budget} (${source})`],
    [d.timeframe, fieldOf(clause, 'timeframe')],
    [d.levelAndInstrument, instrument.join(' / ')],
    [d.priority, clause.priority === null ? '' : terms.priorities[clause.priority]],
    [d.lgoTypes, lgo.join(', ')],
    [d.kpi, fieldOf(clause, 'kpi')],
    [d.origin, origins],
  ]
  return pairs.filter(([, value]) => value !== '')
}

/** Counts list labels: (๑), then (๑.๑), then – from the third level on. */
function labelCounter() {
  let counts: number[] = []
  return {
    reset: () => {
      counts = []
    },
    next(level: number): string {
      counts = counts.slice(0, level + 1)
      while (counts.length < level) counts.push(1)
      counts[level] = (counts[level] ?? 0) + 1
      return level > 1 ? '–' : `(${thaiDigits(counts.join('.'))})`
    },
  }
}

/** Bookmark names survive Word: letters, digits, underscores. */
const bookmark = (code: string): string => `rr_${code.replaceAll('.', '_')}`

/** The sections that say something, without the first (the document's own title). */
export function sectionsOf(content: DraftContent, needs: BlockNeeds): PackageModel['proposal']['sections'] {
  let measure = 0
  return content.sections.flatMap((section) => {
    const clauses = section.clauses.filter((clause) => !isEmpty(clause))
    if (section.id === 'title' || (clauses.length === 0 && section.choices.length === 0)) return []
    const labels = labelCounter()
    const blocks = clauses.map((clause): Block => {
      const plainCode = needs.codes.get(clause.id) ?? ''
      const code = thaiDigits(plainCode)
      const id = bookmark(plainCode)
      if (clause.kind === 'recommendation') {
        measure += 1
        return {
          k: 'rec',
          id,
          code,
          title: d.measureNumber(officialNumber(measure), code),
          text: fieldOf(clause, 'measure'),
          pairs: pairsOf(clause, needs.originsOf(clause.id)),
        }
      }
      if (clause.kind === 'table') {
        return {
          k: 'table',
          id,
          code,
          rows: clause.rows.map((row) => row.map((cell) => officialText(plainText(cell)))),
        }
      }
      const runs = wordsOf(clause.runs, needs.lawName)
      const level = clause.level
      if (clause.kind === 'number') return { k: 'li', id, code, level, label: labels.next(level), runs }
      if (clause.kind === 'bullet') return { k: 'li', id, code, level, label: '–', runs }
      labels.reset()
      const k = clause.kind === 'heading' ? 'h' : clause.kind === 'quote' ? 'q' : 'p'
      return { k, id, code, level, label: '', runs }
    })
    const chosen = section.choices.map((choice) => (terms.targetGroups as Record<string, string>)[choice] ?? choice)
    return [
      {
        number: thaiDigits(sectionNumber(section.id)),
        title: terms.sections[section.id],
        note: chosen.length === 0 ? '' : d.targets(chosen.join(', ')),
        blocks,
      },
    ]
  })
}
