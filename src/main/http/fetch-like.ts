/** The part of `fetch` that is used; Electron's session and Node both have it. */
export type FetchLike = (url: string, init: FetchInit) => Promise<Response>

/** Node's type leaves out what only a browser's network stack heeds. */
export interface FetchInit extends RequestInit {
  readonly cache?: 'no-store'
}

/** Thrown instead of a network error by a fetch that knows that the request never left. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}
