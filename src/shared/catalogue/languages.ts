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

/** The first language of a person's list that the app speaks; English if it speaks none of them. */
export const languageFor = (preferred: readonly string[]): Language => {
  for (const tag of preferred) {
    const known = languageTags.find((language) => base(language) === base(tag))
    if (known !== undefined) return known
  }
  return 'en-US'
}

/** How numbers and times are written: as in the person's region if it speaks the language, else as the language does. */
export const localeFor = (language: Language, region: string): string =>
  base(region) === base(language) ? region : language
