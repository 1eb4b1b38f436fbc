/** Somebody who types in another room, in a process of their own: prints how many ms each edit took to be acknowledged, when told to stop. */
import { performance } from 'node:perf_hooks'
import * as encoding from 'lib0/encoding'
import { framed } from '../support/raw-client.ts'
import { Attacker } from './attacker.ts'
import { struct, updateOf } from './mutations.ts'

const PAUSE_MS = 20
const [port = '0', draft = ''] = process.argv.slice(2)
const waits: number[] = []
let typing = true
process.on('SIGTERM', () => (typing = false))

const person = await Attacker.connect(Number(port), draft, 'quiet')
const letter = (encoder: encoding.Encoder): void => encoding.writeVarString(encoder, 'a')
for (let clock = 0; typing; clock++) {
  const where = clock === 0 ? { parent: 'section:background' } : { left: [5, clock - 1] as const }
  const from = performance.now()
  const outcome = await person.send(framed(0, 2, updateOf([{ id: [5, clock], structs: [struct(4, where, letter)] }])))
  if (outcome !== 'taken') throw new Error(outcome)
  waits.push(Math.round(performance.now() - from))
  await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
}
person.close()
console.log(JSON.stringify(waits))
process.exit(0)
