/** Thrown instead of a network error by a fetch that knows that the request never left. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}
