import type { KeychainFailure } from './keychain-messages.ts'

/**
 * How the three systems word what went wrong. keytar passes these sentences on and nothing else; they may be
 * translated, and what is not recognised is `failed`, which never leads to a write.
 * Sources: libsecret, GLib's D-Bus code, gnome-keyring; macOS SecCopyErrorMessageString; Windows FormatMessage.
 */
const wordings: readonly (readonly [KeychainFailure, RegExp])[] = [
  ['locked', /locked collection|is locked|user interaction is not allowed/i],
  [
    'denied',
    /dismissed|cancell?ed|access (?:was |is )?denied|not permitted|permission denied|authorization (?:was )?denied|user name or passphrase you entered is not correct|authentication failed/i
  ],
  [
    'unavailable',
    /unsupported transport|cannot autolaunch|could not connect|not provided by any \.service|serviceunknown|spawn a message bus|error spawning command|failed to execute|no such (?:file|interface|object)|object does not exist|no such secret collection|keychain (?:could not|cannot) be found|no keychain is available|logon session does not exist|native addon/i
  ]
]

/** Puts an error of keytar, or of loading it, into one of our words. */
export const classifyKeychainError = (error: unknown): KeychainFailure => {
  const message = error instanceof Error ? error.message : ''
  if (isLoadError(error)) return 'unavailable'
  return wordings.find(([, pattern]) => pattern.test(message))?.[0] ?? 'failed'
}

const isLoadError = (error: unknown): boolean => {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null
  return code === 'MODULE_NOT_FOUND' || code === 'ERR_DLOPEN_FAILED'
}
