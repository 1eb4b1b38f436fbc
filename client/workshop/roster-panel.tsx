/** The roster in the set-up: choose a file, see what was read before anything is kept, then what is in and what still needs an answer. */
import { useRef, useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { applyRoster, lastRosterImport, listParticipants, lookAtRoster } from '../../shared/workshop/contract.ts'
import { call } from '../app/api.ts'
import { useRecord } from '../app/record.ts'
import { useTexts } from '../app/texts.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../ui/button.tsx'
import { FailureBanner } from '../ui/failure-banner.tsx'
import { say } from '../ui/toast.tsx'
import { AddPersonDialog } from './add-person-dialog.tsx'
import { base64Of } from './file-bytes.ts'
import { KeptRoster } from './kept-roster.tsx'
import { NO_ANSWERS, RosterPreview, type Answers } from './roster-preview.tsx'

type Look = ReplyOf<typeof lookAtRoster>
type Looked = { readonly name: string; readonly file: string; readonly look: Look }

export function RosterPanel({ workshop }: { readonly workshop: string }) {
  const t = useTexts()
  const topics = [`workshop:${workshop}`]
  const params = { workshop }
  const people = useRecord<typeof listParticipants>('GET', '/api/workshops/:workshop/participants', { params }, topics)
  const last = useRecord<typeof lastRosterImport>('GET', '/api/workshops/:workshop/roster/last', { params }, topics)
  const [looked, setLooked] = useState<Looked | null>(null)
  const [answers, setAnswers] = useState<Answers>(NO_ANSWERS)
  const [adding, setAdding] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const { busy, error, run } = useAction()

  const choose = (chosen: File | undefined) => {
    if (chosen === undefined) return
    void run(async () => {
      const file = await base64Of(chosen)
      const path = '/api/workshops/:workshop/roster/look'
      const look = await call<typeof lookAtRoster>('POST', path, { params, body: { file } })
      setAnswers(NO_ANSWERS)
      setLooked({ name: chosen.name, file, look })
    })
  }
  const apply = () =>
    run(async () => {
      if (looked === null) return
      const body = { file: looked.file, fileName: looked.name, ...answers }
      const done = await call<typeof applyRoster>('POST', '/api/workshops/:workshop/roster', { params, body })
      const seated = done.seated > 0 ? ` · ${t.workshop.seated(done.seated)}` : ''
      say({ text: `${t.workshop.imported(done.added, done.updated)}${seated}` })
      setLooked(null)
      people.reload()
      last.reload()
    })

  const list = people.state.kind === 'ready' ? people.state.value : []
  const before = last.state.kind === 'ready' ? last.state.value : null
  const fileName = looked?.name ?? before?.fileName ?? ''
  const empty = looked === null && list.length === 0
  return (
    <section class="imp" id="imp" aria-labelledby="imp-h" aria-busy={busy}>
      <header class="row between">
        <h1 id="imp-h">{fileName === '' ? t.workshop.rosterTitle : t.workshop.rosterFrom(fileName)}</h1>
        <span class="row">
          {list.length > 0 && looked === null ? (
            <Button kind="quiet" icon="user-plus" onClick={() => setAdding(true)}>
              {t.workshop.addPerson}
            </Button>
          ) : null}
          {empty ? null : (
            <Button kind="quiet" icon="upload" busy={busy} onClick={() => picker.current?.click()}>
              {t.workshop.chooseAnother}
            </Button>
          )}
        </span>
      </header>
      <input
        class="sr"
        type="file"
        ref={picker}
        tabIndex={-1}
        aria-label={t.workshop.chooseFile}
        accept=".xlsx,.csv,text/csv"
        onChange={(event) => {
          choose(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {busy ? <p role="status">{t.workshop.reading}</p> : null}
      <FailureBanner error={error} />
      {empty && people.state.kind === 'ready' ? (
        <div class="card pad imp-empty">
          <h2>{t.workshop.rosterEmptyTitle}</h2>
          <p>{t.workshop.rosterEmptyText}</p>
          <Button kind="main" icon="upload" big busy={busy} onClick={() => picker.current?.click()}>
            {t.workshop.chooseFile}
          </Button>
          <p class="hint">{t.workshop.fileHint}</p>
          <Button kind="quiet" icon="user-plus" onClick={() => setAdding(true)}>
            {t.workshop.addPerson}
          </Button>
        </div>
      ) : null}
      {looked === null ? null : (
        <RosterPreview
          look={looked.look}
          answers={answers}
          onAnswers={setAnswers}
          busy={busy}
          onApply={() => void apply()}
        />
      )}
      {looked === null && list.length > 0 ? <KeptRoster workshop={workshop} people={list} last={before} /> : null}
      <AddPersonDialog workshop={workshop} given={null} open={adding} onClose={() => setAdding(false)} />
    </section>
  )
}
