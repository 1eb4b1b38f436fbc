/** Chooses how the embedded store finds documents: by `_id`, by the best index, or by reading all. Rows are always matched again. */
import {
  after,
  component,
  COMPONENT_LIMIT,
  fullComponent,
  inverted,
  KEPT_PREFIX,
  u32,
  type IndexShape,
} from './keys.ts'
import { isOperators, literalPrefix } from './match.ts'
import type { Range } from './kv.ts'
import { patternOf, typeOf, TYPE, type Doc } from './values.ts'

export type Index = IndexShape & { readonly name: string; readonly unique: boolean; multikey: boolean; long: boolean }
export type Sort = ReadonlyArray<readonly [path: string, direction: 1 | -1]>

/** `sorted`: rows come in the wanted order. `repeats`: one document may come more than once. */
export type Plan =
  | { readonly kind: 'points'; readonly keys: readonly Buffer[] }
  | { readonly kind: 'docs'; readonly range: Range; readonly sorted: boolean }
  | {
      readonly kind: 'index'
      readonly index: string
      readonly ranges: readonly Range[]
      readonly sorted: boolean
      readonly repeats: boolean
    }

/** Longest `$in` that is looked up value by value. */
const POINTS_LIMIT = 200

type Bound = { readonly value: unknown; readonly inclusive: boolean }
/** What a filter demands of one field; each alone must hold, so any subset of them may bound a scan. */
type Demand = { equals?: readonly unknown[]; low?: Bound; high?: Bound }

/** Key of a document: collection and `_id`. */
export function docKey(collection: number, id: unknown): Buffer {
  return Buffer.concat([u32(collection), component(id)])
}

export function planFor(collection: number, indexes: readonly Index[], filter: Doc, sort: Sort): Plan {
  const demands = new Map<string, Demand>()
  collect(filter, demands)
  const ids = demands.get('_id')?.equals
  if (ids !== undefined) return { kind: 'points', keys: unique(ids.map((id) => docKey(collection, id))) }
  let best: { readonly plan: Plan; readonly score: number } | undefined
  for (const index of indexes) {
    const candidate = tryIndex(index, demands, sort)
    if (candidate !== undefined && candidate.score > (best?.score ?? 0)) best = candidate
  }
  if (best !== undefined) return best.plan
  const all = rangeOver(u32(collection), bounding(demands.get('_id')), 1, false)
  const byId = sort.length === 1 && sort[0]![0] === '_id'
  return { kind: 'docs', range: { ...all, reverse: byId && sort[0]![1] === -1 }, sorted: sort.length === 0 || byId }
}

function unique(keys: readonly Buffer[]): Buffer[] {
  return [...new Map(keys.map((key) => [key.toString('latin1'), key])).values()]
}

function collect(filter: Doc, demands: Map<string, Demand>): void {
  for (const [field, operand] of Object.entries(filter)) {
    if (field === '$and') for (const part of operand as Doc[]) collect(part, demands)
    else if (!field.startsWith('$')) {
      const demand = demands.get(field) ?? {}
      demands.set(field, demand)
      addDemands(demand, operand)
    }
  }
}

function addDemands(demand: Demand, operand: unknown): void {
  if (patternOf(operand) !== undefined) return addPrefix(demand, literalPrefix(operand, ''))
  if (!isOperators(operand)) {
    if (plain(operand)) demand.equals ??= [operand]
    return
  }
  for (const [name, value] of Object.entries(operand)) {
    if (name === '$eq' && plain(value)) demand.equals ??= [value]
    else if (name === '$in' && (value as unknown[]).length <= POINTS_LIMIT && (value as unknown[]).every(plain)) {
      demand.equals ??= value as unknown[]
    } else if ((name === '$gt' || name === '$gte') && plain(value) && value !== null) {
      demand.low ??= { value, inclusive: name === '$gte' }
    } else if ((name === '$lt' || name === '$lte') && plain(value) && value !== null) {
      demand.high ??= { value, inclusive: name === '$lte' }
    } else if (name === '$regex') addPrefix(demand, literalPrefix(value, operand['$options'] ?? ''))
  }
}

function addPrefix(demand: Demand, prefix: string): void {
  demand.low ??= { value: prefix, inclusive: true }
}

/** Arrays match by element too, so their entries say nothing; the rest stands in the index as itself. */
function plain(value: unknown): boolean {
  return value !== undefined && typeOf(value) !== TYPE.array
}

function tryIndex(
  index: Index,
  demands: ReadonlyMap<string, Demand>,
  sort: Sort,
): { plan: Plan; score: number } | undefined {
  let prefixes = [u32(index.id)]
  let used = 0
  let single = true
  for (const [path, direction] of index.multikey ? index.key.slice(0, 1) : index.key) {
    const equals = demands.get(path)?.equals
    if (equals === undefined || equals.length * prefixes.length > POINTS_LIMIT) break
    single &&= equals.length === 1
    const components = unique(equals.map(component)).map((bytes) => (direction === 1 ? bytes : inverted(bytes)))
    prefixes = prefixes.flatMap((prefix) => components.map((bytes) => Buffer.concat([prefix, bytes])))
    used += 1
  }
  const sortDirection = single && !index.multikey && !index.long ? sortedBy(index, used, demands, sort) : undefined
  const sorted = sortDirection !== undefined || sort.length === 0
  const reverse = sortDirection === -1
  const next = index.multikey && used === 1 ? undefined : index.key[used]
  const demand = next === undefined ? undefined : bounding(demands.get(next[0]))
  const ranges = prefixes.map((prefix): Range => ({
    ...rangeOver(prefix, demand, next?.[1] ?? 1, index.multikey),
    reverse,
  }))
  const score = used * 4 + (demand === undefined ? 0 : 2) + (sortDirection === undefined ? 0 : 1)
  const repeats = index.multikey
  return { plan: { kind: 'index', index: index.name, ranges, sorted, repeats }, score }
}

function bounding(demand: Demand | undefined): Demand | undefined {
  return demand?.low !== undefined || demand?.high !== undefined ? demand : undefined
}

/** 1 or -1 when reading forward or backward gives the sort; undefined when neither does. */
function sortedBy(index: Index, used: number, demands: ReadonlyMap<string, Demand>, sort: Sort): 1 | -1 | undefined {
  const fixed = new Set(index.key.slice(0, used).map(([path]) => path))
  const wanted = sort.filter(([path]) => !fixed.has(path))
  if (sort.length === 0 || [...fixed].some((path) => demands.get(path)?.equals?.length !== 1)) return undefined
  let reading: 1 | -1 | undefined
  for (const [at, [path, direction]] of wanted.entries()) {
    const field = index.key[used + at]
    if (field === undefined || field[0] !== path) return undefined
    const needed = field[1] === direction ? 1 : -1
    if (reading !== undefined && reading !== needed) return undefined
    reading = needed
  }
  return reading ?? 1
}

/** Keys within `prefix` that a demand leaves; on a multikey index one bound only, for two may be met by two elements. */
function rangeOver(
  prefix: Buffer,
  demand: Demand | undefined,
  direction: 1 | -1,
  multikey: boolean,
): { low: Buffer; high: Buffer } {
  if (demand === undefined) return { low: prefix, high: after(prefix) }
  const type = typeOf((demand.low ?? demand.high)!.value)
  const low = demand.low === undefined ? Buffer.from([type]) : edge(demand.low, 'low')
  const high =
    demand.high === undefined || (multikey && demand.low !== undefined)
      ? Buffer.from([type + 1])
      : edge(demand.high, 'high')
  if (direction === 1) return { low: Buffer.concat([prefix, low]), high: Buffer.concat([prefix, high]) }
  // Inverting turns the half-open range round: keys below `high` are those past everything that begins with its inverse.
  return { low: after(Buffer.concat([prefix, inverted(high)])), high: after(Buffer.concat([prefix, inverted(low)])) }
}

function edge({ value, inclusive }: Bound, side: 'low' | 'high'): Buffer {
  const full = fullComponent(value)
  // A cut component keeps only its prefix in the index: take the whole neighbourhood, the matcher decides.
  if (full.length > COMPONENT_LIMIT)
    return side === 'low' ? full.subarray(0, KEPT_PREFIX) : after(full.subarray(0, KEPT_PREFIX))
  return (side === 'low') === inclusive ? full : after(full)
}
