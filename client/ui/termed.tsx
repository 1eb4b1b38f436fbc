/** Words of a heading with the field's terms kept whole: a line may break beside a term, never inside. */
import { TERMS } from '../../shared/thai/lexicon.ts'
import { words } from '../../shared/thai/words.ts'

/** Longer terms may break after all: a term wider than a small phone would push the page sideways. */
const LONGEST = 20
const KEPT: ReadonlySet<string> = new Set(TERMS.filter((term) => term.length <= LONGEST))

export function Termed({ text }: { readonly text: string }) {
  return (
    <>
      {words(text).map((word, index) =>
        KEPT.has(word) ? (
          <span class="term" key={index}>
            {word}
          </span>
        ) : (
          word
        ),
      )}
    </>
  )
}
