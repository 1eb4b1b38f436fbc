/** What every store must do for mongoose: one list of cases, run on the embedded store, the reference server and a real MongoDB. */
import type { StoreCase } from './store-bench.ts'
import { FINDING } from './store-finding-cases.ts'
import { MODELS } from './store-model-cases.ts'
import { REFUSALS } from './store-refusal-cases.ts'
import { UPDATES } from './store-update-cases.ts'
import { VALUES } from './store-value-cases.ts'

export const STORE_CASES: readonly StoreCase[] = [...FINDING, ...VALUES, ...UPDATES, ...MODELS, ...REFUSALS]
