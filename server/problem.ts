/** RFC 9457 problems: the one exception that services throw for ports to answer. */
import type { ProblemCode } from '../shared/texts/problems/index.ts'

export class Problem extends Error {
  readonly status: number
  readonly code: ProblemCode
  readonly params: Readonly<Record<string, string | number>>
  /** `params` fill `{name}` places of the code's Thai and English text. */
  constructor(status: number, code: ProblemCode, params: Readonly<Record<string, string | number>> = {}) {
    super(code)
    this.name = 'Problem'
    this.status = status
    this.code = code
    this.params = params
  }
}
