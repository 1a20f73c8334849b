/** Where releases are announced, and whose they are. */
export interface ReleaseChannel {
  /** Folder with the feeds, and the downloads below it; https, with a slash at the end. */
  readonly feed: string
  /** Page where people get a release themselves. */
  readonly page: string
  /** The Ed25519 key that signs releases, as PEM: the text of packaging/release-key.pem. */
  readonly publicKey: string
}

/**
 * Compiled in, as files beside the app can be changed by other programs. Null until there is a first release: the app
 * then asks nobody (docs/releasing.md).
 */
export const releaseChannel: ReleaseChannel | null = null
