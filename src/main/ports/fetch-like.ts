/** Node's type leaves out what only a browser's network stack heeds. */
export interface FetchInit extends RequestInit {
  readonly cache?: 'no-store'
  /** Asked after whatever the request had to wait for; if it answers false, the request must not leave. */
  readonly mayLeave?: () => boolean
}

/** The part of `fetch` that is used; Electron's session and Node both have it. */
export type FetchLike = (url: string, init: FetchInit) => Promise<Response>
