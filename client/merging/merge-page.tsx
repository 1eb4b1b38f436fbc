/** The merge table: where (matrix), what (like clauses and the decision), result (the proposal and the ledger). */
import { useEffect, useRef, useState } from 'preact/hooks'
import type {
  LedgerRowView,
  mergeLedger,
  mergeMatrix,
  mergeProposal,
  mergeTopics,
} from '../../shared/merging/contract.ts'
import { takesIn } from '../../shared/merging/decisions.ts'
import { SECTION_IDS, type SectionId } from '../../shared/drafting/template.ts'
import { useRecord } from '../app/record.ts'
import type { PageProps } from '../app/router.tsx'
import { useTexts } from '../app/texts.tsx'
import { Banner } from '../ui/banner.tsx'
import { Empty } from '../ui/empty.tsx'
import { Failure } from '../ui/failure.tsx'
import { Loading } from '../ui/loading.tsx'
import { SheetClose } from '../ui/sheet-close.tsx'
import { say } from '../ui/toast.tsx'
import { FreezeDialog } from './freeze-dialog.tsx'
import { Matrix } from './matrix.tsx'
import { MergeBar } from './merge-bar.tsx'
import { MergeDock, type SheetName } from './merge-dock.tsx'
import { useMergeKeys } from './merge-keys.ts'
import { ResultPane } from './result-pane.tsx'
import { TopicPanel } from './topic-panel.tsx'
import { useDeciding } from './use-deciding.ts'
import { useDesk } from '../app/use-desk.ts'
import { useInHand } from './use-in-hand.ts'
import { useSheet } from './use-sheet.ts'

export function Page({ params }: PageProps) {
  useDesk()
  const workshop = params['workshop'] ?? ''
  const t = useTexts()
  const m = t.merging
  const topics = [`merge:${workshop}`]
  const matrix = useRecord<typeof mergeMatrix>(
    'GET',
    '/api/workshops/:workshop/merge',
    { params: { workshop } },
    topics,
  )
  const [section, setSection] = useState<SectionId>('title')
  const [topicKey, setTopicKey] = useState<string | null>(null)
  const [sheet, setSheet] = useState<SheetName | null>(null)
  const [tab, setTab] = useState<'composed' | 'ledger'>('composed')
  const [freezing, setFreezing] = useState(false)
  const lastDecided = useRef<readonly LedgerRowView['ref'][]>([])
  const chosen = useRef(false)
  const first = matrix.state.kind === 'ready' ? matrix.state.value : null
  useEffect(() => {
    // Opens where something is left, once; afterwards the editor says where.
    const open = first?.sections.find(({ cells }) => cells.some((cell) => cell.remaining > 0))
    if (chosen.current || first === null) return
    chosen.current = true
    if (open !== undefined) setSection(open.id)
  }, [first])
  const here = useRecord<typeof mergeTopics>(
    'GET',
    '/api/workshops/:workshop/merge/topics/:section',
    { params: { workshop, section } },
    topics,
  )
  const proposal = useRecord<typeof mergeProposal>(
    'GET',
    '/api/workshops/:workshop/merge/proposal',
    { params: { workshop } },
    topics,
  )
  const ledger = useRecord<typeof mergeLedger>(
    'GET',
    '/api/workshops/:workshop/merge/ledger',
    { params: { workshop } },
    topics,
  )
  const list = here.state.kind === 'ready' && here.state.value.section === section ? here.state.value.topics : []
  const found = list.findIndex(({ key, clauses }) => key === topicKey || clauses.some((one) => one.key === topicKey))
  const open = list.findIndex(({ decided }) => !decided)
  const at = found >= 0 ? found : Math.max(0, open)
  const topic = list[at]
  const deciding = useDeciding(workshop, topic)
  const inHand = useInHand(workshop, deciding.picked)

  const choose = (next: SectionId) => {
    setSection(next)
    setTopicKey(null)
    setSheet(null)
  }
  const step = (by: 1 | -1) => {
    const next = list[at + by]
    if (next !== undefined) return setTopicKey(next.key)
    const place = SECTION_IDS.indexOf(section) + by
    if (SECTION_IDS[place] !== undefined) choose(SECTION_IDS[place])
  }
  const lookAgain = () => {
    for (const record of [matrix, here, proposal, ledger]) record.reload()
  }
  const save = async () => {
    if (topic === undefined || deciding.busy || deciding.picked.size === 0) return
    const saved = await deciding.save()
    if (saved.length === 0) return lookAgain()
    const refs = saved.map((clause) => clause.ref)
    lastDecided.current = refs
    say({ text: m.saved(saved.length), action: { label: m.undo, onClick: () => void undo(refs) } })
    const { isOpen } = deciding
    if (!topic.clauses.some((clause) => clause.decision === null && isOpen(clause))) {
      const order = [...list.slice(at + 1), ...list.slice(0, at)]
      const next = order.find((other) => !other.decided && other.clauses.some(isOpen))
      if (next !== undefined) setTopicKey(next.key)
      else {
        const after = SECTION_IDS.slice(SECTION_IDS.indexOf(section) + 1)
        const left = after.find((id) =>
          first?.sections.some((other) => other.id === id && other.cells.some((c) => c.remaining > 0)),
        )
        if (left !== undefined) choose(left)
      }
    }
    lookAgain()
  }
  const undo = async (refs: readonly LedgerRowView['ref'][]) => {
    if (refs.length === 0 || !(await deciding.undo(refs))) return
    lastDecided.current = []
    say({ text: m.undone })
    lookAgain()
  }
  useMergeKeys({
    onKind: deciding.setKind,
    onStep: step,
    onSave: () => void save(),
    onUndo: () => void undo(lastDecided.current),
  })

  useSheet(sheet === 'matrix', '#mx [tabindex="0"]', () => setSheet(null))

  if (matrix.state.kind === 'loading') return <Loading label={t.general.loading} />
  if (matrix.state.kind === 'failed') return <Failure error={matrix.state.error} onRetry={matrix.reload} />
  const value = matrix.state.value
  if (value.progress.total === 0) {
    const action = { label: m.back, href: `/w/${workshop}/versions` }
    return <Empty icon="git-merge" title={m.emptyTitle} text={m.emptyText} action={action} />
  }
  const goTo = (row: LedgerRowView) => {
    choose(row.section)
    setTopicKey(row.key)
  }
  const groups = topic?.clauses.filter((clause) => deciding.picked.has(clause.key)).map((clause) => clause.group) ?? []
  const preview =
    takesIn(deciding.kind) && groups.length > 0 && topic?.decided === false ? { text: deciding.text, groups } : null
  return (
    <div class="merge">
      <a class="skip" href="#cluster">
        {m.skip}
      </a>
      <MergeBar
        workshop={workshop}
        matrix={value}
        onLedger={() => {
          setTab('ledger')
          setSheet('composed')
        }}
        onMatrix={() => setSheet('matrix')}
        onFreeze={() => setFreezing(true)}
      />
      {matrix.state.stale ? (
        <Banner tone="warn" icon="wifi-off" live>
          {t.general.stale}
        </Banner>
      ) : null}
      <div class="merge-grid">
        <nav class="mx sheet" id="mx" aria-label={m.matrix} data-open={sheet === 'matrix'}>
          <SheetClose onClose={() => setSheet(null)} />
          <Matrix matrix={value} current={section} onChoose={choose} />
        </nav>
        <TopicPanel
          section={section}
          topic={topic}
          at={at}
          all={list.length}
          loading={
            here.state.kind === 'loading' || (here.state.kind === 'ready' && here.state.value.section !== section)
          }
          deciding={deciding}
          inHand={inHand}
          onStep={step}
          onSave={() => void save()}
          onUndo={(refs) => void undo(refs)}
        />
        <ResultPane
          open={sheet === 'composed'}
          onClose={() => setSheet(null)}
          tab={tab}
          onTab={setTab}
          section={section}
          preview={preview}
          proposal={proposal.state.kind === 'ready' ? proposal.state.value : null}
          rows={ledger.state.kind === 'ready' ? ledger.state.value.rows : []}
          remaining={value.progress.remaining}
          onGo={goTo}
        />
      </div>
      <MergeDock remaining={value.progress.remaining} onOpen={setSheet} onTab={setTab} />
      <FreezeDialog workshop={workshop} matrix={value} open={freezing} onClose={() => setFreezing(false)} />
    </div>
  )
}
