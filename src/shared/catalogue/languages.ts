/** The languages that the app speaks, by their tags (BCP 47), each named in itself. */
export const languages = {
  'en-US': { name: 'English' },
  de: { name: 'Deutsch' }
} as const

export type Language = keyof typeof languages

export const languageTags = Object.keys(languages) as readonly Language[]

export const isLanguage = (tag: string): tag is Language => Object.hasOwn(languages, tag)

/** A made-up language that shows what is not in the catalog of messages, and what has too little room. */
export const pseudoLanguage = 'en-XA'

const base = (tag: string): string => tag.toLowerCase().split(/[-_]/)[0] ?? ''

/** What the system says of a person: the languages they prefer, first one first, and the tag of their region. */
export interface SystemLanguages {
  readonly preferred: readonly string[]
  readonly region: string
}

const hourCycleOf = (tag: string): string | undefined =>
  new Intl.DateTimeFormat(tag, { hour: 'numeric' }).resolvedOptions().hourCycle

const known = (tag: string): string => {
  try {
    return Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] ?? 'en-US'
  } catch {
    return 'en-US' // Some systems call it "C".
  }
}

/**
 * Tag by which numbers, dates and times are written: the person's region if it speaks the language, else the language,
 * with the hours counted to 12 or 24 as in the region either way.
 */
export const localeFor = (language: string, region: string): string => {
  const own = known(region)
  if (base(own) === base(language)) return own
  return `${known(language)}-u-hc-${hourCycleOf(own) ?? 'h23'}`
}

/** Tag of the language to speak: the chosen one, or the first of the system's that the app speaks, or English. */
export const languageFor = (
  chosen: Language | 'system',
  { preferred }: SystemLanguages
): Language | typeof pseudoLanguage => {
  if (chosen !== 'system') return chosen
  if (preferred[0] === pseudoLanguage) return pseudoLanguage
  const tags = preferred.map(base)
  const spoken = tags.find((tag) => languageTags.some((language) => base(language) === tag))
  return languageTags.find((language) => base(language) === spoken) ?? 'en-US'
}
