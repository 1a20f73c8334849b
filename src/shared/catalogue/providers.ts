interface ProviderFacts {
  readonly name: string
  /** Where it answers unless the account says otherwise: an origin. */
  readonly apiAddress: string
  readonly key: {
    /** All that a key can be; null: any printable ASCII. */
    readonly shape: RegExp | null
    /** How keys of other services begin. */
    readonly foreign: RegExp
  }
  /** Pages that may be opened in the browser, by a short name. */
  readonly pages: Readonly<Record<string, string>>
  /** Which of them has the account's keys, and which tells what the provider itself says. */
  readonly keysPage: string
  readonly aboutPage: string
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
    key: { shape: null, foreign: /^(?:r8_|sk-|sk_|ghp_|AKIA)/ },
    pages: {
      portal: 'https://maker.tavus.io/dev/faces',
      keys: 'https://maker.tavus.io/dev/api-keys',
      status: 'https://status.tavus.io/',
      consent: 'https://docs.tavus.io/sections/troubleshooting/consent-statement',
      training: 'https://docs.tavus.io/sections/replica/replica-training'
    },
    keysPage: 'keys',
    aboutPage: 'portal',
    trains: true,
    takesNames: false
  },
  replicate: {
    name: 'Replicate',
    apiAddress: 'https://api.replicate.com',
    key: {
      shape: /^r8_[A-Za-z0-9_-]+$/,
      foreign: /^(?:sk-|sk_|ghp_|AKIA)/
    },
    pages: {
      tokens: 'https://replicate.com/account/api-tokens',
      status: 'https://www.replicatestatus.com/',
      deletion: 'https://replicate.com/docs/topics/models/delete-a-model'
    },
    keysPage: 'tokens',
    aboutPage: 'deletion',
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

/** A page of a provider by one name, such as `tavus-status`, or one about the app itself. */
export type LinkId =
  | {
      [P in ProviderId]: `${P}-${keyof (typeof providers)[P]['pages'] & string}`
    }[ProviderId]
  | 'app-documentation'

/** The app's own pages; the address is that of package.json. */
const appPages: Readonly<Record<'app-documentation', string>> = {
  'app-documentation': 'https://replica-desk.invalid/'
}

/** The only addresses that leave for the browser; the window sends a name, never an address (security E6). */
export const externalLinks = {
  ...Object.fromEntries(
    providerIds.flatMap((id) =>
      Object.entries(providers[id].pages).map(([page, address]) => [`${id}-${page}`, address])
    )
  ),
  ...appPages
} as Readonly<Record<LinkId, string>>

export const linkIds = Object.keys(externalLinks) as readonly LinkId[]

const linkOf = (provider: ProviderId, page: string): LinkId => `${provider}-${page}` as LinkId

export const keysLink = (provider: ProviderId): LinkId =>
  linkOf(provider, providers[provider].keysPage)
export const aboutLink = (provider: ProviderId): LinkId =>
  linkOf(provider, providers[provider].aboutPage)
export const statusLink = (provider: ProviderId): LinkId => linkOf(provider, 'status')
