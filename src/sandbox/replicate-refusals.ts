import { assertNever } from '../shared/result.ts'
import type { ApiAnswer } from './api-exchange.ts'
import type { Refusal, RefusalShape, ReplicateOptions } from './replicate-options.ts'
import type { RefusalRule } from './replicate-snapshot.ts'

const PROBLEM_TYPE = 'application/problem+json'

/** An error as Replicate writes most of them: a sentence and the code. */
export const problem = (status: number, detail: string, title?: string): ApiAnswer => ({
  status,
  body: { ...(title === undefined ? {} : { title }), detail, status },
  headers: { 'content-type': PROBLEM_TYPE }
})

export const unauthenticated: ApiAnswer = problem(
  401,
  'You did not pass a valid authentication token',
  'Unauthenticated'
)

/** Versions answer without title and code, other things with the code. */
export const versionNotFound: ApiAnswer = { status: 404, body: { detail: 'Not found.' } }
export const notFound: ApiAnswer = problem(404, 'The requested resource could not be found.')

/** Made up: Replicate publishes no text for any of the rules. */
const sentences: Readonly<Record<RefusalRule, string>> = {
  R1: 'This model belongs to somebody else.',
  R2: 'A public model cannot be deleted.',
  R3: 'Delete the versions of this model first.',
  R4: 'Other people have run predictions with this version.',
  R5: 'This version is the base of a training.',
  R6: 'This version is used by a deployment.',
  R7: 'Another version is overridden to use this one.'
}

const shaped = (shape: RefusalShape, status: number, detail: string): ApiAnswer => {
  switch (shape) {
    case 'problem':
      return problem(status, detail, 'Cannot delete')
    case 'detail':
      return { status, body: { detail } }
    case 'text':
      return { status, body: detail, headers: { 'content-type': 'text/plain; charset=utf-8' } }
    case 'empty':
      return { status }
    case 'html':
      return {
        status,
        body: `<!doctype html><html><body><h1>${detail}</h1></body></html>`,
        headers: { 'content-type': 'text/html; charset=utf-8' }
      }
    default:
      return assertNever(shape)
  }
}

/** The answer to a delete that a rule stands against, in the shape the options ask for. */
export const refuseDelete = (rule: RefusalRule, options: ReplicateOptions): ApiAnswer => {
  const refusal: Refusal = { ...options.refusal, ...options.refusals?.[rule] }
  const {
    status = rule === 'R1' ? 403 : 400,
    shape = 'problem',
    detail = sentences[rule]
  } = refusal
  return shaped(shape, status, detail)
}
