/** A small plot of changes minute by minute; every tile has the same scale, so that busy and quiet can be told apart. */
const WIDTH = 240
const HEIGHT = 44
const FOOT = 2

export function Spark({ counts, scale }: { readonly counts: readonly number[]; readonly scale: number }) {
  const top = Math.max(scale, 1)
  const step = WIDTH / Math.max(1, counts.length - 1)
  const points = counts.map(
    (count, at) => `${(at * step).toFixed(1)} ${(HEIGHT - FOOT - (count / top) * (HEIGHT - 2 * FOOT)).toFixed(1)}`,
  )
  const line = points.length === 0 ? `M0 ${HEIGHT - FOOT}L${WIDTH} ${HEIGHT - FOOT}` : `M${points.join('L')}`
  return (
    <svg class="spark" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      <path class="spark-area" d={`${line}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z`} />
      <path class="spark-line" d={line} />
    </svg>
  )
}
