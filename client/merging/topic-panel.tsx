/** The middle of the merge table: one topic, its like clauses, and the decision on them. */
import type { TopicView } from '../../shared/merging/contract.ts'
import { SECTION_IDS, type SectionId } from '../../shared/drafting/template.ts'
import { useTexts } from '../app/texts.tsx'
import { Button, IconButton } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { DecideForm } from './decide-form.tsx'
import { Conflicts, LikeClauses } from './like-clauses.tsx'
import { Termed } from '../ui/termed.tsx'
import type { Deciding } from './use-deciding.ts'
import type { InHand } from './use-in-hand.ts'
import { GroupMarks } from './words-of.tsx'

export type TopicPanelProps = {
  readonly section: SectionId
  readonly topic: TopicView | undefined
  readonly at: number
  readonly all: number
  readonly loading: boolean
  readonly deciding: Deciding
  /** Who else has which clause in hand. */
  readonly inHand: ReadonlyMap<string, InHand>
  readonly onStep: (step: 1 | -1) => void
  readonly onSave: () => void
  readonly onUndo: (refs: readonly TopicView['clauses'][number]['ref'][]) => void
}

export function TopicPanel(props: TopicPanelProps) {
  const t = useTexts()
  const m = t.merging
  const { topic, deciding, section } = props
  const number = SECTION_IDS.indexOf(section) + 1
  const decided = topic?.clauses.filter((clause) => clause.decision !== null) ?? []
  return (
    <main class="cluster" id="cluster" tabIndex={-1} aria-busy={props.loading}>
      <header class="cluster-h">
        <div class="grow">
          <p class="muted xs">
            {m.place(number, t.terms.shortSections[section], props.all === 0 ? 0 : props.at + 1, props.all)}
          </p>
          <h1 lang="th">
            <Termed text={topic?.title ?? t.terms.sections[section]} />
          </h1>
        </div>
        <IconButton icon="arrow-left" label={m.previous} onClick={() => props.onStep(-1)} />
        <Button iconAfter="arrow-right" onClick={() => props.onStep(1)}>
          {m.next}
        </Button>
      </header>
      {topic === undefined ? (
        <p class="muted">{props.loading ? t.general.loading : m.cellNone}</p>
      ) : (
        <>
          <Conflicts topic={topic} />
          {topic.apart.length === 0 ? null : (
            <p class="apart sm">
              <Icon name="lightbulb" /> {m.apart}{' '}
              {topic.apart.map((other) => (
                <span class="nowrap" key={other.key}>
                  <GroupMarks groups={[other.group]} /> {m.clauseCode(other.code)}
                </span>
              ))}
            </p>
          )}
          {topic.clauses.some(({ key }) => props.inHand.has(key)) ? <p class="hint">{m.inHandNote}</p> : null}
          <LikeClauses
            topic={topic}
            picked={deciding.picked}
            base={deciding.base}
            inHand={props.inHand}
            onPick={deciding.pick}
            onBase={deciding.chooseBase}
          />
          {decided.length === 0 ? null : (
            <div class="decided-row">
              <span>
                <Icon name="circle-check" /> {m.decidedOf(decided.length, topic.clauses.length)}
              </span>
              <Button icon="undo-2" kind="quiet" onClick={() => props.onUndo(decided.map((clause) => clause.ref))}>
                {m.undo}
              </Button>
            </div>
          )}
          <DecideForm
            count={deciding.picked.size}
            kind={deciding.kind}
            text={deciding.text}
            reason={deciding.reason}
            needed={deciding.needed}
            busy={deciding.busy}
            error={deciding.error}
            onKind={deciding.setKind}
            onText={deciding.setText}
            onReason={deciding.setReason}
            onSave={props.onSave}
          />
          <p class="muted xs wide-only">{m.keys}</p>
        </>
      )}
    </main>
  )
}
