/** A group's stamped mark: number, shape and lightness; numbers past nine reuse shapes with their own number. */
import { useTexts } from '../app/texts.tsx'

const SHAPES = 9
const SHAPE_PATHS: readonly string[] = [
  'M2.5 20a17.5 17.5 0 1 1 35 0a17.5 17.5 0 1 1 -35 0Z',
  'M7.5 3.5h25a4 4 0 0 1 4 4v25a4 4 0 0 1 -4 4h-25a4 4 0 0 1 -4 -4v-25a4 4 0 0 1 4 -4Z',
  'M20 3.2 37.6 35H2.4Z',
  'M20 1.8 38.2 20 20 38.2 1.8 20Z',
  'M20 2.4 38 15.8 31.2 37H8.8L2 15.8Z',
  'M11 4.4H29L38 20 29 35.6H11L2 20Z',
  'M4 3.5H36V19.5C36 29 29 34.8 20 38 11 34.8 4 29 4 19.5Z',
  'M14.18 5.96A6.2 6.2 0 0 1 25.82 5.96A6.2 6.2 0 0 1 34.04 14.18A6.2 6.2 0 0 1 34.04 25.82A6.2 6.2 0 0 1 25.82 34.04A6.2 6.2 0 0 1 14.18 34.04A6.2 6.2 0 0 1 5.96 25.82A6.2 6.2 0 0 1 5.96 14.18A6.2 6.2 0 0 1 14.18 5.96Z',
  'M12.5 2.8H27.5V12.5H37.2V27.5H27.5V37.2H12.5V27.5H2.8V12.5H12.5Z',
]
/** Baseline of the number in each shape: the triangle's sits lower. */
const BASELINES: readonly number[] = [28, 28, 32.5, 28, 30, 28, 27, 28, 28]

export type MarkProps = { readonly group: number; readonly size?: 's' | 'l' | 'xl'; readonly silent?: boolean }

/** `silent` when the group's name stands beside it. */
export function Mark({ group, size, silent }: MarkProps) {
  const t = useTexts()
  const shape = (group - 1) % SHAPES
  const names = `mark g${shape + 1}${size === undefined ? '' : ` mark-${size}`}`
  const said =
    silent === true
      ? ({ 'aria-hidden': 'true' } as const)
      : ({ role: 'img', 'aria-label': t.general.groupNumber(group) } as const)
  return (
    <svg class={names} viewBox="0 0 40 40" {...said}>
      <path d={SHAPE_PATHS[shape]} />
      <text class="mk" x="20" y={BASELINES[shape]} text-anchor="middle">
        {group}
      </text>
    </svg>
  )
}
