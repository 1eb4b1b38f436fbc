/** How many groups have finished each section, as one bar a section. */
import { SECTION_IDS } from '../../shared/drafting/template.ts'
import { useTexts } from '../app/texts.tsx'
import type { Wall } from './wall-bar.tsx'

const HEIGHT = 72
const WIDTH = 352

export function Coverage({ tiles }: { readonly tiles: Wall['tiles'] }) {
  const t = useTexts()
  const sections = tiles[0]?.cells.map(({ section }) => section) ?? []
  const counts = sections.map(
    (section) =>
      tiles.filter((tile) => tile.cells.some((cell) => cell.section === section && cell.state === 'full')).length,
  )
  const step = WIDTH / Math.max(1, sections.length)
  const bar = Math.min(44, step - 8)
  return (
    <svg class="cov" viewBox={`0 0 ${WIDTH} 100`} role="img" aria-label={t.workshop.coverageLabel(counts.join(' '))}>
      {sections.map((section, at) => {
        const x = at * step + (step - bar) / 2
        const height = tiles.length === 0 ? 0 : ((counts[at] ?? 0) / tiles.length) * HEIGHT
        return (
          <g key={section}>
            <rect class="cov-bg" x={x} y="0" width={bar} height={HEIGHT} rx="3" />
            <rect class="cov-fg" x={x} y={HEIGHT - height} width={bar} height={height} rx="3" />
            <text x={x + bar / 2} y="94">
              {SECTION_IDS.indexOf(section) + 1}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
