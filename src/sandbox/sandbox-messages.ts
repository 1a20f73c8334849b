/** First message to the sandbox process: what it is started with. */
export interface SandboxStart {
  readonly type: 'start'
  /** Folder that holds `sample/`, with the clips and posters. */
  readonly resourcesDir: string
  /** The only key it will take. */
  readonly apiKey: string
  /** Where it keeps its state from one run to the next; without it every run begins anew. */
  readonly stateFile?: string
}

/** What the sandbox process may be told. */
export type SandboxCommand = SandboxStart | { readonly type: 'stop' }

/** What the sandbox process tells. After `stopped` or `failed` it ends by itself. */
export type SandboxReport =
  | { readonly type: 'ready'; readonly origin: string }
  /** `message` is for the log; it holds no key. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'stopped' }
