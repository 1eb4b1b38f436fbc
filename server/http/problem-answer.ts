/** Turns whatever a route threw into an RFC 9457 answer in Thai and English. */
import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import { problemText } from '../../shared/texts/problems/index.ts'
import { Problem } from '../problem.ts'

const TOO_LARGE = 413
/** When to ask again while the store is away. */
const AGAIN_SECONDS = 5

/** Answers with application/problem+json; what was not foreseen is logged without the request's text. */
export function answerProblem(error: unknown, request: Request, response: Response, log: Logger): void {
  const problem = asProblem(error)
  if (problem.code === 'store-failing') {
    if (!response.headersSent) response.setHeader('Retry-After', AGAIN_SECONDS)
  } else if (problem.status >= 500)
    log.error({ err: error, method: request.method, route: request.route?.path }, 'request failed')
  if (response.headersSent) {
    response.end()
    return
  }
  response
    .status(problem.status)
    .type('application/problem+json')
    .json({
      type: `urn:rangruam:problem:${problem.code}`,
      title: problem.code,
      status: problem.status,
      code: problem.code,
      detail: problemText(problem.code, 'th', problem.params),
      detailEn: problemText(problem.code, 'en', problem.params),
      params: problem.params,
    })
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  if (status === TOO_LARGE) return new Problem(TOO_LARGE, 'too-large')
  if (status === 404) return new Problem(404, 'not-found')
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Problem(400, 'bad-request', { where: 'body' })
  return new Problem(500, 'unexpected')
}
