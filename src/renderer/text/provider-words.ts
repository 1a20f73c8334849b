import type { ProviderId } from '../../shared/catalogue/providers.ts'

interface ProviderWords {
  /** What the account form says that it keeps. */
  readonly keeps: string
  /** What it calls its key. */
  readonly key: string
  readonly keyHint: string
  readonly keysPage: string
  readonly whereIsKey: string
  /** What the form says when a key looks like another service's. */
  readonly foreignKey: string
  /** The page with what the provider itself says. */
  readonly about: string
}

/** All that is said of one provider alone. */
export const providerWords: Readonly<Record<ProviderId, ProviderWords>> = {
  tavus: {
    keeps: 'Replicas and videos',
    key: 'API key',
    keyHint: 'Goes into the keychain of this computer and never comes back to this window.',
    keysPage: 'Open the page with your keys',
    whereIsKey: 'Where do I find my Tavus key?',
    foreignKey:
      'This does not look like a key of Tavus. If it begins with r8_, choose Replicate above.',
    about: 'Open Tavus'
  },
  replicate: {
    keeps: 'Models and versions',
    key: 'API token',
    keyHint:
      'Begins with r8_. Goes into the keychain of this computer and never comes back to this window.',
    keysPage: 'Open the page with your tokens',
    whereIsKey: 'Where do I find my Replicate token?',
    foreignKey:
      'This does not look like a token of Replicate, which begins with r8_. A key of Tavus belongs to a Tavus account.',
    about: 'What Replicate says about deletion'
  }
}
