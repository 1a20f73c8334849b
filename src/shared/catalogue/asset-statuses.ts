interface StatusFacts {
  /** The provider still works on it, so it is worth watching. */
  readonly isUnfinished: boolean
  /** Where it comes in an order by status. Stored, so never another number. */
  readonly rank: number
}

/**
 * Where an asset stands, as the app understands the provider's words.
 *
 * `preview`: phoenix-4.5 is usable but still being tuned, so not done. `other`: a word we do not know, shown as it
 * is (`statusRaw`) and counted as unfinished.
 */
export const assetStatuses = {
  training: { isUnfinished: true, rank: 0 },
  preview: { isUnfinished: true, rank: 1 },
  other: { isUnfinished: true, rank: 2 },
  failed: { isUnfinished: false, rank: 3 },
  ready: { isUnfinished: false, rank: 4 },
  deleted: { isUnfinished: false, rank: 5 }
} as const satisfies Readonly<Record<string, StatusFacts>>

export type AssetStatus = keyof typeof assetStatuses

export const assetStatusNames = Object.keys(assetStatuses) as readonly AssetStatus[]

export const isUnfinished = (status: AssetStatus): boolean => assetStatuses[status].isUnfinished

export const unfinishedStatuses = assetStatusNames.filter(isUnfinished)
