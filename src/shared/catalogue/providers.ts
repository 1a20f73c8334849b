interface ProviderFacts {
  readonly name: string
  /** Where it answers unless the account says otherwise: an origin. */
  readonly apiAddress: string
  readonly key: {
    /** All that a key can be; null: any printable ASCII. */
    readonly shape: RegExp | null
    /** How keys of other services begin. */
    readonly foreign: RegExp
    /** The page with the account's keys, by its name in the table of external links. */
    readonly page: 'tavus-keys' | 'replicate-tokens'
  }
  /** Replicas are made there from training videos. */
  readonly trains: boolean
  /** It does not list all that an account owns; the rest is added by name. */
  readonly takesNames: boolean
}

/**
 * The services that accounts can be kept at, with what is known of each. A provider is an entry here, its kinds, a folder
 * and a registry line in main.
 *
 * Sources: seeds/002 `servers`; https://replicate.com/docs/reference/http;
 * https://replicate.com/docs/topics/security/api-tokens
 */
export const providers = {
  tavus: {
    name: 'Tavus',
    apiAddress: 'https://tavusapi.com',
    key: { shape: null, foreign: /^(?:r8_|sk-|sk_|ghp_|AKIA)/, page: 'tavus-keys' },
    trains: true,
    takesNames: false
  },
  replicate: {
    name: 'Replicate',
    apiAddress: 'https://api.replicate.com',
    key: {
      shape: /^r8_[A-Za-z0-9_-]+$/,
      foreign: /^(?:sk-|sk_|ghp_|AKIA)/,
      page: 'replicate-tokens'
    },
    trains: false,
    takesNames: true
  }
} as const satisfies Readonly<Record<string, ProviderFacts>>

export type ProviderId = keyof typeof providers

/** In the order that the window offers them. The first is what the app begins with. */
export const providerIds = Object.keys(providers) as readonly ProviderId[] as readonly [
  ProviderId,
  ...ProviderId[]
]

export const providerName = (provider: ProviderId): string => providers[provider].name

export const isProviderId = (word: string): word is ProviderId => Object.hasOwn(providers, word)
