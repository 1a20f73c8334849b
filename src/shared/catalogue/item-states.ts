interface ItemStateFacts {
  /** Nothing comes after it, unless the person asks anew. */
  readonly isFinal: boolean
  /** Nothing of it has left this computer. */
  readonly isUnsent: boolean
}

/**
 * Where one deletion stands.
 *
 * `planned` (scheduled) or `held` -> `queued` -> `sent` -> `done` | `accepted` | `already-gone` | `not-found` |
 * `refused` | `unclear`; `accepted` -> `gone`; `unclear` -> any final one after reading back; whatever was not sent, or
 * refused for the pace alone, -> `queued` | `canceled`. `done`: the provider said so. `gone`: accepted, or without a
 * usable answer, and not there any more when the app looked. `already-gone`, `not-found`: the provider did not know it,
 * nor did its own address; in the second it was never seen in a listing either, so it is not counted as deleted.
 */
export const itemStates = {
  planned: { isFinal: false, isUnsent: true },
  held: { isFinal: false, isUnsent: true },
  queued: { isFinal: false, isUnsent: true },
  sent: { isFinal: false, isUnsent: false },
  accepted: { isFinal: false, isUnsent: false },
  done: { isFinal: true, isUnsent: false },
  gone: { isFinal: true, isUnsent: false },
  'already-gone': { isFinal: true, isUnsent: false },
  'not-found': { isFinal: true, isUnsent: false },
  refused: { isFinal: true, isUnsent: false },
  unclear: { isFinal: false, isUnsent: false },
  canceled: { isFinal: true, isUnsent: false }
} as const satisfies Readonly<Record<string, ItemStateFacts>>

export type ItemState = keyof typeof itemStates

export const itemStateNames = Object.keys(itemStates) as readonly ItemState[]

export const isFinal = (state: ItemState): boolean => itemStates[state].isFinal

export const isUnsent = (state: ItemState): boolean => itemStates[state].isUnsent

/** As many deletions in each state as an empty batch has. */
export const noItems = Object.fromEntries(itemStateNames.map((state) => [state, 0])) as Readonly<
  Record<ItemState, number>
>
