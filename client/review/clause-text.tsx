/** The words of a clause: the main text (clean or redlined), and a measure's fields under it. */
import { RECOMMENDATION_FIELDS } from '../../shared/drafting/canonical.ts'
import { useTexts } from '../app/texts.tsx'
import { Redline, type Run } from '../merging/redline.tsx'

export type Part = { readonly name: string; readonly text: string; readonly runs?: readonly Run[] | null }
type Coded = { readonly code: string; readonly parts: readonly Part[] }

const TEXT_FIELDS: readonly string[] = RECOMMENDATION_FIELDS
/** Parts that are the clause itself, not a field of it. */
const isMain = (name: string): boolean => name === 'text' || name === 'measure' || name.startsWith('row ')

/** Name and value of a field in the chosen language; ids of choices become their words. */
function useFieldWords(): (part: Part) => { label: string; value: string } {
  const t = useTexts()
  return ({ name, text }) => {
    const lists: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      levelOf: t.terms.levels,
      instrument: t.terms.instruments,
      priority: t.terms.priorities,
      lgoTypes: t.terms.lgoTypes,
    }
    const list = lists[name]
    const value =
      list === undefined
        ? text
        : text
            .split(' ')
            .map((id) => list[id] ?? id)
            .join(', ')
    const label = name === 'cites' ? t.terms.sections.legal_basis : (t.terms.fields as Record<string, string>)[name]
    return { label: label ?? name, value: name === 'amount' ? Number(text).toLocaleString('en-US') : value }
  }
}

const Words = ({ part, redline }: { readonly part: Part; readonly redline: boolean }) =>
  redline && part.runs !== undefined && part.runs !== null ? (
    <Redline runs={part.runs} />
  ) : (
    <span lang="th">{part.text}</span>
  )

/** The clause's own words. */
export function MainWords({ parts, redline }: { readonly parts: readonly Part[]; readonly redline: boolean }) {
  return (
    <>
      {parts
        .filter(({ name }) => isMain(name))
        .map((part) => (
          <span class="item-line" key={part.name}>
            <Words part={part} redline={redline} />
          </span>
        ))}
    </>
  )
}

/** A measure's fields; nothing for other clauses. */
export function FieldWords({ parts, redline }: { readonly parts: readonly Part[]; readonly redline: boolean }) {
  const words = useFieldWords()
  // The words of a budget say amount and unit; without them the two are shown.
  const hasBudget = parts.some(({ name }) => name === 'budget')
  const fields = parts.filter(
    ({ name }) => !isMain(name) && !(hasBudget && (name === 'amount' || name === 'unit')) && name !== 'lgoNote',
  )
  if (fields.length === 0) return null
  return (
    <span class="item-fields">
      {fields.map((part) => {
        const { label, value } = words(part)
        return (
          <span key={part.name}>
            <span class="muted">{label}</span>{' '}
            {TEXT_FIELDS.includes(part.name) ? <Words part={part} redline={redline} /> : value}
          </span>
        )
      })}
    </span>
  )
}

/** What every reader of a clause sees: its code, its words and its fields. */
export function CodedClause({ clause, redline }: { readonly clause: Coded; readonly redline: boolean }) {
  return (
    <>
      <span class="item-n">{clause.code}</span>
      <span class="item-t">
        <MainWords parts={clause.parts} redline={redline} />
        <FieldWords parts={clause.parts} redline={redline} />
      </span>
    </>
  )
}
