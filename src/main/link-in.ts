/** The scheme of links into the app; the packages register it. */
export const linkScheme = 'replica-desk'

/** The first link among what a start was given; null: none. Everything else there is for others. */
export const linkIn = (argv: readonly string[]): string | null =>
  argv.find((argument) => argument.startsWith(`${linkScheme}:`)) ?? null
