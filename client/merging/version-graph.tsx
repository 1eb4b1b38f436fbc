/** The versions as a graph, newest first: what is being worked on, each frozen version with its hash, the groups below. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ReplyOf } from '../../shared/http/endpoint.ts'
import type { listVersions } from '../../shared/merging/contract.ts'
import { shortHash } from '../../shared/merging/version.ts'
import { useTexts } from '../app/texts.tsx'
import { Mark } from '../ui/mark.tsx'
import { useDate } from '../app/use-date.ts'

type List = ReplyOf<typeof listVersions>
export type VersionGraphProps = {
  readonly list: List
  readonly from: string | null
  readonly to: string | null
  readonly onPick: (version: string) => void
}

/** Height of a row before it is measured, as the style sheet has it at least. */
const ROW = 88
const AT = 40
/** Columns of the groups' marks and the widest that one is. */
const MARKS = 9
const MARK = 40
const MARKS_MARGIN = 4

type Measured = { readonly middles: readonly number[]; readonly height: number; readonly width: number }

/** Where the rows are: on a phone words wrap and a row is higher, and the drawing goes by the rows. */
function useRows(rows: number) {
  const list = useRef<HTMLOListElement>(null)
  const [measured, setMeasured] = useState<Measured | null>(null)
  useLayoutEffect(() => {
    const element = list.current
    if (element === null) return undefined
    const measure = () => {
      const top = element.offsetTop
      const items = [...element.children].filter((item) => item instanceof HTMLElement)
      setMeasured({
        middles: items.map((item) => item.offsetTop - top + item.offsetHeight / 2),
        height: element.offsetHeight,
        width: element.offsetWidth,
      })
    }
    measure()
    const watcher = new ResizeObserver(measure)
    for (const item of [element, ...element.children]) watcher.observe(item)
    return () => watcher.disconnect()
  }, [rows])
  return { list, measured }
}

export function VersionGraph({ list, from, to, onPick }: VersionGraphProps) {
  const m = useTexts().merging
  const date = useDate()
  const { versions, submissions, open } = list
  const later = submissions.filter((one) => one.n > 1 && (versions[0] === undefined || one.at > versions[0].at))
  const groups = [...new Set(submissions.map((one) => one.group))].sort((a, b) => a - b)
  const rows = 1 + later.length + versions.length
  const { list: rowList, measured } = useRows(rows)
  const y = (row: number): number => measured?.middles[row] ?? row * ROW + ROW / 2
  const last = y(rows - 1)
  const bottom = measured?.height ?? rows * ROW
  const foot = bottom + 76
  const step = Math.min(MARK, ((measured?.width ?? MARKS * MARK + MARKS_MARGIN) - MARKS_MARGIN) / MARKS)
  const markAt = (index: number): number => MARKS_MARGIN + step * (index + 0.5)
  return (
    <nav class="graph" aria-label={m.graph}>
      <svg class="graph-svg" viewBox={`0 0 420 ${foot}`} width="420" height={foot} aria-hidden="true">
        <path class="gl" d={`M${AT} ${y(0)}V${last}`} />
        {groups.map((group, index) => (
          <path
            class="gl gl-g"
            key={group}
            d={`M${AT} ${last}V${bottom - 8}C${AT + index} ${bottom + 34} ${markAt(index)} ${bottom + 6} ${markAt(index)} ${foot - 14}`}
          />
        ))}
        {later.map((one, index) => (
          <path
            class="gl gl-new"
            key={one.id}
            d={`M${AT} ${y(0)}C${AT} ${y(0) + 44} 84 ${y(0) + 44} 84 ${y(1 + index)}`}
          />
        ))}
        <circle class="gn gn-open" cx={AT} cy={y(0)} r="12" />
        {versions.map((version, index) => (
          <circle class="gn" key={version.id} cx={AT} cy={y(1 + later.length + index)} r="9" />
        ))}
      </svg>
      <ol class="vers" ref={rowList}>
        <li>
          <div class="v-open">
            <b class="num">…</b>
            <span class="v-what">{m.working(open)}</span>
          </div>
        </li>
        {later.map((one) => (
          <li class="v-sub" key={one.id}>
            <div>
              <Mark group={one.group} />
              <span class="v-what">{m.amended(one.group, one.n)}</span>
              <span class="v-who">
                {one.by} · {date(one.at)}
              </span>
            </div>
          </li>
        ))}
        {versions.map((version) => {
          const end = version.id === from ? m.from : version.id === to ? m.to : null
          return (
            <li key={version.id} aria-current={end === null ? undefined : 'true'}>
              <button type="button" onClick={() => onPick(version.id)} aria-pressed={end !== null}>
                <b class="num">{version.number}</b>
                {end === null ? null : <span class="chip chip-accent">{end}</span>}
                <span class="v-what">{m.frozenWhat(version.groups.length, version.clauses)}</span>
                <span class="v-who">
                  {version.by} · {date(version.at)} · <span class="sr">{m.hash} </span>
                  <span class="hash">{shortHash(version.hash)}</span>
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      <div class="nine">
        {groups.map((group) => (
          <Mark group={group} key={group} />
        ))}
      </div>
      <p class="nine-cap muted sm">{m.submissions(submissions.length)}</p>
    </nav>
  )
}
