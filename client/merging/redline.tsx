/** A redline by Thai words: added underlined, cut struck through, said to screen readers as such. */
import { useTexts } from '../app/texts.tsx'

export type Run = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }

export function Redline({ runs }: { readonly runs: readonly Run[] }) {
  const m = useTexts().merging
  return (
    <span lang="th">
      {runs.map((run, index) =>
        run.kind === 'added' ? (
          <ins key={index}>
            <span class="sr">{m.addedWord} </span>
            {run.text}
          </ins>
        ) : run.kind === 'removed' ? (
          <del key={index}>
            <span class="sr">{m.deletedWord} </span>
            {run.text}
          </del>
        ) : (
          run.text
        ),
      )}
    </span>
  )
}
