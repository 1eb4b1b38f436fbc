/** Two small algorithms on sequences, for the patch: the longest increasing run, and a diff by longest common subsequence. */

/** Indexes of a longest strictly increasing subsequence. */
export function longestIncreasing(values: readonly number[]): number[] {
  const tails: number[] = [] // index of the smallest last value of an increasing run of each length
  const before: number[] = []
  values.forEach((value, i) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1
      else high = middle
    }
    before[i] = low > 0 ? (tails[low - 1] ?? -1) : -1
    tails[low] = i
  })
  const run: number[] = []
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) run.unshift(i)
  return run
}

/** One stretch of a diff: kept, taken out or put in. */
export type DiffPart = { readonly op: 'keep' | 'delete' | 'insert'; readonly items: readonly string[] }

/** Above this many cells (about two texts of 2,000 letters that differ throughout) the middle is replaced as a whole. */
const MOST_CELLS = 4_000_000

/** What turns `a` into `b`: equal ends are kept first, the middle by longest common subsequence. */
export function diffSequences(a: readonly string[], b: readonly string[]): DiffPart[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  const parts: DiffPart[] = []
  if (start > 0) parts.push({ op: 'keep', items: a.slice(0, start) })
  parts.push(...diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end)))
  if (end > 0) parts.push({ op: 'keep', items: a.slice(a.length - end) })
  return parts
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffPart[] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > MOST_CELLS) {
    return [
      ...(a.length > 0 ? [{ op: 'delete', items: a } as const] : []),
      ...(b.length > 0 ? [{ op: 'insert', items: b } as const] : []),
    ]
  }
  const width = b.length + 1
  const common = new Uint16Array((a.length + 1) * width) // longest common subsequence of what is left from (i, j)
  const at = (i: number, j: number): number => common[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const parts: { op: DiffPart['op']; items: string[] }[] = []
  const push = (op: DiffPart['op'], item: string): void => {
    const last = parts.at(-1)
    if (last?.op === op) last.items.push(item)
    else parts.push({ op, items: [item] })
  }
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const [x, y] = [a[i], b[j]]
    if (x !== undefined && x === y) {
      push('keep', x)
      i++
      j++
    } else if (x !== undefined && (y === undefined || at(i + 1, j) >= at(i, j + 1))) {
      push('delete', x)
      i++
    } else if (y !== undefined) {
      push('insert', y)
      j++
    }
  }
  return parts
}
