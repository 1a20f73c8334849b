/** A request as the API sees it: decoded, with its body already parsed. */
export interface ApiRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
  /** The version that a change is meant for, where it names one. */
  readonly ifMatch?: string | undefined
}

/** An answer before it meets the network. `body` undefined means none at all. */
export interface ApiAnswer {
  readonly status: number
  readonly body?: unknown
  /** Lower-case names; a `content-type` here wins over JSON's. */
  readonly headers?: Readonly<Record<string, string>>
}
