/** Reads a QR code as a phone does, without its camera: modules of a flawless picture in, the text out. Versions 1 to 10, level L and M, bytes. */

/** Centres of the alignment patterns by version. */
const CENTRES = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
] as const
/** Data bytes of each block by version (ISO/IEC 18004, table 9). */
const times = (count: number, length: number): number[] => Array.from({ length: count }, () => length)
const BLOCKS: Readonly<Record<'L' | 'M', readonly (readonly number[])[]>> = {
  L: [[19], [34], [55], [80], [108], times(2, 68), times(2, 78), times(2, 97), times(2, 116), [68, 68, 69, 69]],
  M: [
    [16],
    [28],
    [44],
    times(2, 32),
    times(2, 43),
    times(4, 27),
    times(4, 31),
    [38, 38, 39, 39],
    [36, 36, 36, 37, 37],
    [43, 43, 43, 43, 44],
  ],
}
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]
const FORMAT_MASK = 0b10101

/** Whether a module belongs to a pattern and not to the data. */
function isPattern(x: number, y: number, size: number, version: number): boolean {
  if (x === 6 || y === 6) return true
  if ((x < 9 && y < 9) || (x >= size - 8 && y < 9) || (x < 9 && y >= size - 8)) return true
  if (version >= 7 && ((x >= size - 11 && y < 6) || (y >= size - 11 && x < 6))) return true
  const centres = CENTRES[version - 1] ?? []
  const last = centres.at(-1)
  return centres.some((cy) =>
    centres.some((cx) => {
      const inCorner = (cx === 6 && cy === 6) || (cx === 6 && cy === last) || (cx === last && cy === 6)
      return !inCorner && Math.abs(x - cx) <= 2 && Math.abs(y - cy) <= 2
    }),
  )
}

/** The text of a square of modules without its quiet zone; throws where it is not such a code. */
export function readQr(dark: readonly (readonly boolean[])[]): string {
  const size = dark.length
  const version = (size - 17) / 4
  const at = (x: number, y: number): number => (dark[y]?.[x] === true ? 1 : 0)
  const format = ([0, 1, 2, 3, 4].reduce((bits, x) => bits * 2 + at(x, 8), 0) ^ FORMAT_MASK) >>> 0
  const level = format >> 3 === 1 ? 'L' : format >> 3 === 0 ? 'M' : null
  const mask = MASKS[format & 7]
  const lengths = level === null ? undefined : BLOCKS[level][version - 1]
  if (lengths === undefined || mask === undefined) throw new Error(`a QR code of ${size} modules, format ${format}`)
  const bits: number[] = []
  let up = true
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5
    for (let row = 0; row < size; row += 1) {
      const y = up ? size - 1 - row : row
      for (const x of [right, right - 1]) {
        if (!isPattern(x, y, size, version)) bits.push(at(x, y) ^ (mask(x, y) ? 1 : 0))
      }
    }
    up = !up
  }
  const number = (from: number, count: number, source: readonly number[]) =>
    source.slice(from, from + count).reduce((sum, bit) => sum * 2 + bit, 0)
  const blocks = lengths.map((): number[] => [])
  let place = 0
  for (let index = 0; index < Math.max(...lengths); index += 1) {
    for (const [block, length] of lengths.entries()) {
      if (index < length) blocks[block]?.push(number(8 * place++, 8, bits))
    }
  }
  const data = blocks.flat().flatMap((byte) => [7, 6, 5, 4, 3, 2, 1, 0].map((shift) => (byte >> shift) & 1))
  if (number(0, 4, data) !== 4) throw new Error('the QR code does not hold bytes')
  const wide = version >= 10 ? 16 : 8
  const bytes = Array.from({ length: number(4, wide, data) }, (_, index) => number(4 + wide + 8 * index, 8, data))
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

/** The modules of the product's drawing: a path of unit squares inside a quiet zone. */
export function modulesOf(path: string): boolean[][] {
  const squares = [...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => [Number(x), Number(y)] as const)
  const quiet = Math.min(...squares.map(([x]) => x))
  const size = Math.max(...squares.map(([x]) => x)) - quiet + 1
  const dark = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [x, y] of squares) {
    const row = dark[y - quiet]
    if (row !== undefined) row[x - quiet] = true
  }
  return dark
}
