/** Models that Create Replica names; any other text is allowed too. Sources: seeds/003; phoenix-4.5: reference/tavus.md 3.2. */
export const replicaModels = ['phoenix-4', 'phoenix-3', 'phoenix-4.5'] as const

/** True unless it is known to train from videos alone. Source: reference/tavus.md 7.1. */
export const trainsFromImage = (model: string): boolean => model !== 'phoenix-3'
