/** The foot of the review: how many are answered, which version it is, sending back, approving; or what became of it. */
import { shortHash } from '../../shared/merging/version.ts'
import type { ReviewView } from '../../shared/review/contract.ts'
import { useTexts } from '../app/texts.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'

/** More clauses than this are a bar, not dots. */
const DOTS = 16

export type ReviewFootProps = {
  readonly view: ReviewView
  readonly busy: boolean
  readonly onAcceptRest: () => void
  readonly onReturn: () => void
  readonly onApprove: () => void
  readonly onSubmit: () => void
  readonly onPublish: () => void
}

function Progress({ view }: { readonly view: ReviewView }) {
  const t = useTexts().review
  const asked = view.clauses.filter((clause) => clause.asked)
  const done = asked.filter(({ answer }) => answer !== null).length
  const words = done === asked.length ? t.answeredAll(asked.length) : t.answered(done, asked.length)
  return (
    <div class="rev-prog">
      <b class="num">{words}</b>
      {asked.length <= DOTS ? (
        <span class="dots8" aria-hidden="true">
          {asked.map((clause) => (
            <i class={clause.answer === null ? '' : 'y'} key={clause.id} />
          ))}
        </span>
      ) : (
        <svg class="meter" viewBox="0 0 204 10" preserveAspectRatio="none" aria-hidden="true">
          <rect class="m-bg" width="204" height="10" />
          <rect class="m-done" width={(204 * done) / asked.length} height="10" />
        </svg>
      )}
    </div>
  )
}

export function ReviewFoot({ view, busy, ...on }: ReviewFootProps) {
  const t = useTexts().review
  const left = view.clauses.filter((clause) => clause.asked && clause.answer === null).length
  const verb = t.verbs[view.chain[view.step]?.verb ?? 'endorse']
  return (
    <footer class="rev-foot">
      {view.state === null ? <b>{t.notSubmitted}</b> : <Progress view={view} />}
      <span class="grow" />
      <span class="seal-id">
        <Icon name="hash" />
        {t.version(view.number)} <span class="hash">{shortHash(view.hash)}</span>
      </span>
      {view.may.submit ? (
        <Button kind="main" icon="send" busy={busy} onClick={on.onSubmit}>
          {t.submit}
        </Button>
      ) : null}
      {view.may.answer && left > 0 ? (
        <Button busy={busy} onClick={on.onAcceptRest}>
          {t.acceptRest(left)}
        </Button>
      ) : null}
      {view.may.approve ? (
        <>
          <Button icon="reply" onClick={on.onReturn}>
            {t.sendBack}
          </Button>
          <Button
            kind={left > 0 ? 'plain' : 'main'}
            icon="stamp"
            blocked={left > 0 ? t.left(left) : undefined}
            onClick={on.onApprove}
          >
            {left > 0 ? verb : t.verbThis(verb)}
          </Button>
        </>
      ) : null}
      {view.may.publish ? (
        <Button kind="main" icon="megaphone" busy={busy} onClick={on.onPublish}>
          {t.publish}
        </Button>
      ) : null}
      {view.state === 'endorsed' || view.state === 'published' ? (
        <a class="btn" href={`/p/${view.version}`}>
          <Icon name="file-check" />
          {t.openPublished}
        </a>
      ) : null}
    </footer>
  )
}
