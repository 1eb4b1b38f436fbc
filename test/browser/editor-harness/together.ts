/** A page with three editors of one draft, each with its own connection and device store: for counting what editing at once loses. */
import { run } from './run.ts'

declare global {
  interface Window {
    together: { run: typeof run }
  }
}

window.together = { run }
