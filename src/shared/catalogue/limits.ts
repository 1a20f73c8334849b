/** Most things that one plan can touch. */
export const mostSteps = 2_000

/** Most drafts of replicas that there can be at once. */
export const mostDrafts = 500

/** More cards than the largest screens show at once, and as many rows as the first screen holds. */
export const mostFirstCards = 60

/** A note, one of its tags, and the tags of one thing: a record of the history holds each whole. */
export const noteLength = 500
export const tagLength = 40
export const mostTags = 12

/** Most files of videos that are named to main in one request: with the longest paths that fits a message. */
export const mostVideosAtOnce = 50
