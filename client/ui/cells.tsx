/** A template's sections as cells: full, begun, empty; a dot under those still owed. */
export type CellState = { readonly state: 'full' | 'half' | 'empty'; readonly owed: boolean }

export function Cells({ cells, label }: { readonly cells: readonly CellState[]; readonly label: string }) {
  const names = { full: 'c2', half: 'c1', empty: 'c0' } as const
  return (
    <span class="cells" role="img" aria-label={label}>
      {cells.map((cell, index) => (
        <span class={`${names[cell.state]}${cell.owed ? ' need' : ''}`} key={index} />
      ))}
    </span>
  )
}
