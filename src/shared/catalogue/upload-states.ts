interface UploadStateFacts {
  /** It goes on without the person. */
  readonly goesOn: boolean
  /** Bytes of it are on their way, or being compared. */
  readonly isBeingSent: boolean
}

/**
 * Where a local video on its way into a bucket stands.
 *
 * - `waiting`: another one is sent first. `paused`: by the person; the parts that arrived stay there.
 * - `verifying`: all parts arrived, and what is stored is compared with the file.
 * - `failed`: what arrived stays there, and it can be resumed.
 */
export const uploadStates = {
  waiting: { goesOn: true, isBeingSent: false },
  sending: { goesOn: true, isBeingSent: true },
  paused: { goesOn: false, isBeingSent: false },
  verifying: { goesOn: true, isBeingSent: true },
  done: { goesOn: false, isBeingSent: false },
  failed: { goesOn: false, isBeingSent: false },
  canceled: { goesOn: false, isBeingSent: false }
} as const satisfies Readonly<Record<string, UploadStateFacts>>

export type UploadState = keyof typeof uploadStates

export const uploadStateNames = Object.keys(uploadStates) as readonly UploadState[]

/** Whether an upload goes on without the person. */
export const uploadGoesOn = ({ state }: { readonly state: UploadState }): boolean =>
  uploadStates[state].goesOn

/** Whether bytes of an upload are on their way, or being compared. */
export const isUploadBeingSent = ({ state }: { readonly state: UploadState }): boolean =>
  uploadStates[state].isBeingSent
