/** Most things that one plan can touch. */
export const mostSteps = 2_000
