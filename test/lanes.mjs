/** Runs programs two at a time and shows what they print one behind the other, as if they had run in their order; for test/run.mjs. */
import { spawn } from 'node:child_process'

/** The end of a program's output is kept, where mocha's counts are. */
const KEPT_LETTERS = 200_000

/**
 * Begins each job in its order as soon as a lane is free and its `ready` has resolved, and prints in the same order: the first
 * that has not ended prints as it goes, what the others print waits for their turn.
 * @param {readonly { title: string, args: readonly string[], seconds: number, ready?: Promise<unknown>, left?: () => string | null }[]} jobs
 * `args` for node; `left` says once it is ready why a job is not run; jobs of one `title` stand under one heading
 * @param {{ lanes: number, cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<{ code: number, output: string, seconds: number }[]>} in the order of the jobs; code 1 for what was not run
 */
export async function inLanes(jobs, { lanes, cwd, env }) {
  const outcomes = []
  const printing = inTurn(jobs)
  const waiting = jobs.map((job, index) => {
    const one = { job, index, ready: Promise.resolve(job.ready), isReady: job.ready === undefined }
    void one.ready.then(() => (one.isReady = true))
    return one
  })

  async function lane() {
    while (waiting.length > 0) {
      const at = waiting.findIndex(({ isReady }) => isReady)
      if (at < 0) {
        await Promise.race(waiting.map(({ ready }) => ready))
        continue
      }
      const [{ job, index }] = waiting.splice(at, 1)
      const from = performance.now()
      const reason = job.left?.() ?? null
      const print = (stream, bytes) => printing.say(index, stream, bytes)
      if (reason !== null) print(process.stdout, `not run: ${reason}\n`)
      const ended = reason === null ? await run(job, { cwd, env }, print) : { code: 1, output: '' }
      outcomes[index] = { ...ended, seconds: (performance.now() - from) / 1000 }
      printing.ended(index)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return outcomes
}

/** Lets one job print and keeps back what the later ones say. */
function inTurn(jobs) {
  const kept = jobs.map(() => [])
  const over = jobs.map(() => false)
  let turn = -1
  const next = () => {
    turn += 1
    if (turn >= jobs.length) return
    if (jobs[turn].title !== jobs[turn - 1]?.title) process.stdout.write(`\n== ${jobs[turn].title}\n`)
    for (const [stream, bytes] of kept[turn].splice(0)) stream.write(bytes)
    if (over[turn]) next()
  }
  next()
  return {
    say: (index, stream, bytes) => (index === turn ? stream.write(bytes) : kept[index].push([stream, bytes])),
    ended(index) {
      over[index] = true
      if (index === turn) next()
    },
  }
}

function run({ args, seconds }, { cwd, env }, print) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (bytes) => {
      print(process.stdout, bytes)
      output = (output + bytes).slice(-KEPT_LETTERS)
    })
    child.stderr.on('data', (bytes) => print(process.stderr, bytes))
    const timer = setTimeout(() => {
      print(process.stderr, `not finished after ${seconds} s: stopped\n`)
      child.kill('SIGKILL')
    }, seconds * 1000)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code: code ?? 1, output })
    })
  })
}
