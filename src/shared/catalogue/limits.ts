/** Most things that one plan can touch. */
export const mostSteps = 2_000

/** Most drafts of replicas that there can be at once. */
export const mostDrafts = 500
