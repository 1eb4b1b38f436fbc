/** Like clauses side by side: a table of what they disagree on, then each clause with differing words and figures marked. */
import type { TopicClauseView, TopicView } from '../../shared/merging/contract.ts'
import { plainText } from '../../shared/drafting/canonical.ts'
import { useTexts } from '../app/texts.tsx'
import { Face } from '../ui/face.tsx'
import { Icon } from '../ui/icon.tsx'
import { Mark } from '../ui/mark.tsx'
import { usePieces } from './use-pieces.ts'
import type { InHand } from './use-in-hand.ts'
import { Redline } from './redline.tsx'
import { GroupMarks, useIdWords } from './words-of.tsx'

const FIGURES: ReadonlySet<string> = new Set([
  'baht',
  'age',
  'within',
  'every',
  'length',
  'percent',
  'clock',
  'heads',
  'ratio',
])

/** The table of conflicts; differences that are no contradiction follow in plain rows. */
export function Conflicts({ topic }: { readonly topic: TopicView }) {
  const m = useTexts().merging
  const { conflicts, differences } = topic
  if (topic.clauses.length < 2 || topic.clauses[0]?.like === 'gathered') return null
  return (
    <>
      {conflicts.length === 0 ? (
        <p class="muted sm">{m.likeCaption(topic.clauses.length)}</p>
      ) : (
        <SaidTable rows={conflicts} caption={m.conflictCaption(topic.clauses.length, conflicts.length)} />
      )}
      {differences.length === 0 ? null : (
        <details class="conf-more">
          <summary>
            {m.alsoDiffers(differences.length, differences.map(({ kind }) => m.kinds[kind]).join(' · '))}
          </summary>
          <SaidTable rows={differences} caption={null} />
        </details>
      )}
    </>
  )
}

type Rows = TopicView['conflicts'] | TopicView['differences']

/** One row for each kind; groups that say the same stand together. Without a caption the rows are no conflicts. */
function SaidTable({ rows, caption }: { readonly rows: Rows; readonly caption: string | null }) {
  const m = useTexts().merging
  const words = useIdWords()
  const width = Math.max(...rows.map((row) => row.said.length))
  return (
    <table class={`conf${caption === null ? ' conf-mild' : ''}`}>
      {caption === null ? null : (
        <caption>
          <Icon name="triangle-alert" /> {caption}
        </caption>
      )}
      <tbody>
        {rows.map((row) => (
          <tr key={row.kind}>
            <th scope="row">{m.kinds[row.kind]}</th>
            {row.said.map((said, index) => (
              <td key={index} colSpan={index === row.said.length - 1 ? width - index : 1}>
                <span class={caption !== null && FIGURES.has(row.kind) ? 'fig' : 'said'} lang="th">
                  {said.texts.length > 0
                    ? said.texts.join(' · ')
                    : said.ids.map((id) => words(row.kind, id)).join(' · ')}
                </span>{' '}
                <GroupMarks groups={said.groups} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const SHOWN_FIELDS = ['lead', 'support', 'budget', 'source', 'timeframe', 'kpi', 'lgoNote'] as const

/** The structured fields of a recommendation, short. */
function Fields({ clause }: { readonly clause: TopicClauseView['clause'] }) {
  const t = useTexts()
  if (clause.kind !== 'recommendation') return null
  const shown = SHOWN_FIELDS.filter((name) => plainText(clause.fields[name]) !== '')
  if (shown.length === 0) return null
  return (
    <details class="clause-more">
      <summary>
        {t.merging.kinds.lead}: {plainText(clause.fields.lead) || t.merging.unsaid}
      </summary>
      <dl lang="th">
        {shown.map((name) => (
          <div key={name}>
            <dt>{t.terms.fields[name]}</dt>
            <dd>{plainText(clause.fields[name])}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function HeldBy({ who }: { readonly who: InHand | undefined }) {
  const m = useTexts().merging
  if (who === undefined) return null
  return (
    <p class="row sm" role="status">
      <Face id={who.person} name={who.name} small silent /> {m.inHand(who.name)}
    </p>
  )
}

export type LikeClausesProps = {
  readonly topic: TopicView
  readonly picked: ReadonlySet<string>
  readonly base: string
  readonly inHand: ReadonlyMap<string, InHand>
  readonly onPick: (key: string, on: boolean) => void
  readonly onBase: (key: string) => void
}

export function LikeClauses({ topic, picked, base, inHand, onPick, onBase }: LikeClausesProps) {
  const m = useTexts().merging
  const pieces = usePieces(topic, base)
  const served = topic.clauses[0]?.key === base
  const name = (clause: TopicClauseView): string | null =>
    clause.like === 'gathered'
      ? m.like.gathered
      : clause.key === base
        ? m.like.base
        : !served || clause.like === 'base'
          ? null
          : m.like[clause.like]
  return (
    <ul class="clauses">
      {topic.clauses.map((clause) => (
        <li class={`clause${clause.key === base ? ' is-base' : ''}`} key={clause.key}>
          <header>
            <Mark group={clause.group} />
            <span class="muted">{m.clauseCode(clause.code)}</span>
            {topic.clauses.length === 1 || name(clause) === null ? null : <span class="muted">· {name(clause)}</span>}
            {clause.change === null ? null : <span class="chip chip-warn">{m.changeNames[clause.change]}</span>}
            <label class="tick">
              <input
                type="checkbox"
                checked={picked.has(clause.key)}
                onChange={(event) => onPick(clause.key, event.currentTarget.checked)}
              />
              <span>
                <Icon name="check" />
              </span>
              <span class="sr">{m.take(clause.group, clause.code)}</span>
            </label>
          </header>
          <HeldBy who={inHand.get(clause.key)} />
          <p lang="th">
            {clause.before !== null ? (
              <Redline runs={clause.before} />
            ) : (
              (pieces.get(clause.key) ?? clause.pieces).map((piece, index) =>
                piece.figure ? (
                  <b class="fig" key={index}>
                    {piece.text}
                  </b>
                ) : piece.differs ? (
                  <em class="dif" key={index}>
                    {piece.text}
                  </em>
                ) : (
                  piece.text
                ),
              )
            )}
          </p>
          <Fields clause={clause.clause} />
          {clause.proposers.length === 0 ? null : (
            <p class="muted xs">
              {m.proposedBy} <span lang="th">{clause.proposers.join(' · ')}</span>
            </p>
          )}
          {clause.decision === null ? null : (
            <p class="clause-decided">
              <Icon name={clause.trouble === null ? 'circle-check' : 'triangle-alert'} />
              {m.decided[clause.decision.kind]}
              {clause.where.map((place) => ` · ${m.toCode(place.code)}`)}
              {clause.carried ? ` · ${m.carried}` : ''}
              {clause.trouble === null ? '' : ` · ${m.troubles[clause.trouble]}`}
            </p>
          )}
          {topic.clauses.length > 1 && clause.key !== base && clause.like !== 'gathered' ? (
            <button type="button" class="btn btn-quiet btn-base" onClick={() => onBase(clause.key)}>
              {m.makeBase}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
