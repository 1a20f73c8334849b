/** First message to the sandbox process: what it is started with. */
export interface SandboxStart {
  readonly type: 'start'
  /** Folder that holds `sample/`, with the clips and posters. */
  readonly resourcesDir: string
  /** The only key its Tavus will take. */
  readonly apiKey: string
  /** Where its Tavus keeps its state from one run to the next; without it every run begins anew. */
  readonly stateFile?: string | undefined
  /** Makes it play Replicate too, at an address of its own, with this token as the only one; the file as above. */
  readonly replicate?:
    | { readonly apiKey: string; readonly stateFile?: string | undefined }
    | undefined
}

/** What the sandbox process may be told. */
export type SandboxCommand = SandboxStart | { readonly type: 'stop' }

/** What the sandbox process tells. After `stopped` or `failed` it ends by itself. */
export type SandboxReport =
  /** `replicateOrigin` is there if `replicate` was asked for; its API begins at `/v1`. */
  | { readonly type: 'ready'; readonly origin: string; readonly replicateOrigin?: string }
  /** `message` is for the log; it holds no key. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'stopped' }
