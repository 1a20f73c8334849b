import type { AppError, FieldIssue } from '../../shared/errors.ts'
import { assertNever } from '../../shared/result.ts'
import { capital } from './capital.ts'
import { issueText } from './issue-words.ts'
import { waitWords } from './time-words.ts'

/** What mends an error, as far as the window can offer it. */
export type Remedy =
  | 'edit-account'
  | 'try-again'
  | 'refresh'
  | 'check-status'
  | 'open-settings'
  | 'none'

export interface ErrorWords {
  /** What happened. */
  readonly title: string
  /** What it means. */
  readonly meaning: string
  /** What to do. */
  readonly advice: string
  /** The provider's own sentence, to be quoted. */
  readonly said: string | null
  readonly remedy: Remedy
}

const say = (
  title: string,
  meaning: string,
  advice: string,
  remedy: Remedy,
  said: string | null = null
): ErrorWords => ({
  title: capital(title),
  meaning: capital(meaning),
  advice: capital(advice),
  said,
  remedy
})

const keychainWords = (
  state: Extract<AppError, { kind: 'keychain-unavailable' }>['state']
): ErrorWords => {
  switch (state) {
    case 'locked':
      return say(
        'The keychain is locked',
        'The key is kept there and cannot be read until it is unlocked.',
        'Unlock the keychain of this computer, then try again.',
        'try-again'
      )
    case 'denied':
      return say(
        'Access was refused',
        'The keychain did not let this app in. Nothing was changed.',
        'Try again and allow access when the system asks.',
        'try-again'
      )
    case 'unavailable':
      return say(
        'There is no keychain here',
        'This system offers no safe place for a key, and it is never written to a file.',
        'Set up a keychain (on Linux, a Secret Service such as GNOME Keyring), or keep the key for this run only.',
        'try-again'
      )
    case 'failed':
      return say(
        'The keychain is not answering',
        'The key could not be read or saved.',
        'Try again. If it stays so, restart the keychain of this computer.',
        'try-again'
      )
    default:
      return assertNever(state)
  }
}

const signingKeyWords = (how: 'absent' | 'damaged'): ErrorWords =>
  how === 'absent'
    ? say(
        'The signing key is not in the keychain',
        'Receipts are signed with it. It stays behind when the data folder is copied to another computer, and goes when the keychain is cleared.',
        'Make a new signing key, or bring back the keychain that holds the old one.',
        'none'
      )
    : say(
        'The signing key is damaged',
        'What the keychain holds in its place is not the key that signed before. It was neither used nor removed.',
        'Make a new signing key, or bring back the keychain that holds the old one.',
        'none'
      )

const storageWords = (
  reason: Extract<AppError, { kind: 'storage-failed' }>['reason']
): ErrorWords => {
  switch (reason) {
    case 'disk-full':
      return say(
        'The disk is full',
        'It could not be written down, so nothing was sent.',
        'Make some room, then try again.',
        'try-again'
      )
    case 'damaged':
      return say(
        'The database is damaged',
        'It was set aside and kept. Nothing was sent.',
        'Restore the newest backup from the banner above.',
        'none'
      )
    case 'newer-version':
      return say(
        'Made by a newer version',
        'This version can read what is stored, not change it.',
        'Install the newer version of Replica Desk.',
        'none'
      )
    case 'no-access':
      return say(
        'The data folder cannot be written',
        'It could not be written down, so nothing was sent.',
        'Look at the rights of the data folder, then try again.',
        'open-settings'
      )
    case 'other':
      return say(
        'Storing it did not work',
        'It could not be written down, so nothing was sent.',
        'Try again. If it stays so, restart the app.',
        'try-again'
      )
    default:
      return assertNever(reason)
  }
}

const answerWords = (
  where: Extract<AppError, { kind: 'unexpected-response' }>['where']
): ErrorWords => {
  const title = 'Unexpected answer'
  const advice = 'Check the API address of the account, or try again later.'
  switch (where) {
    case 'redirect':
      return say(
        title,
        'The address sent us elsewhere. The key was not sent there.',
        advice,
        'edit-account'
      )
    case 'too-large':
      return say(title, 'The answer was too long and was not read to its end.', advice, 'try-again')
    case 'not-json':
      return say(
        title,
        'The answer was not from the API. A network that wants you to sign in does this.',
        'Open a web page to see whether the network wants something, then try again.',
        'try-again'
      )
    case 'shape':
      return say(
        title,
        'The answer did not have what it should.',
        'Try again later. If it stays so, the API may have changed.',
        'try-again'
      )
    case 'incomplete':
      return say(
        'The list was not complete',
        'Nothing was marked as deleted because it was missing from the list. What is shown may be older.',
        'Refresh again in a while.',
        'refresh'
      )
    case 'endless':
      return say(
        'The list does not end',
        'It was read up to a limit that no account should reach. Nothing in it was marked as deleted.',
        advice,
        'try-again'
      )
    default:
      return assertNever(where)
  }
}

/** Reasons of our own for not sending something that was confirmed. */
const heldBackCodes: ReadonlySet<string> = new Set(['stays', 'pinned', 'blocked', 'twin'])

const inputWords = (issues: readonly FieldIssue[], who: string): ErrorWords => {
  const first = issues[0]
  if (first !== undefined && heldBackCodes.has(first.code)) {
    return say('Held back', issueText(first, who), 'Nothing was sent for it.', 'none')
  }
  return say(
    'Something needs another look',
    first === undefined ? 'It was not accepted.' : issueText(first, who),
    'Change it and try again. Nothing was sent or saved.',
    'none',
    first?.said ?? null
  )
}

/** What happened, what it means, what to do: for every failure there is. `who` is the provider. */
export const describeError = (error: AppError, who = 'the provider'): ErrorWords => {
  switch (error.kind) {
    case 'key-missing':
      return say(
        'This account has no key',
        `What is known can be read; nothing can be asked of ${who}.`,
        'Add the key to the account.',
        'edit-account'
      )
    case 'key-rejected':
      return say(
        `${who} rejected the key`,
        'It may have been revoked, or belong to another account.',
        'Give the account a key that works.',
        'edit-account',
        error.said
      )
    case 'key-damaged':
      return say(
        'The stored key looks damaged',
        'It was not sent anywhere, and it was not removed.',
        'Give the account its key again.',
        'edit-account'
      )
    case 'signing-key-lost':
      return signingKeyWords(error.how)
    case 'key-changed':
      return say(
        'The key is another one now',
        'This was asked with a different key, so it was not sent.',
        'Look at it and ask again if you still want it.',
        'none'
      )
    case 'account-changed':
      return say(
        'The account was changed meanwhile',
        'Its address or key is different now, so nothing more was sent with the old ones.',
        'Try again.',
        'try-again'
      )
    case 'keychain-unavailable':
      return keychainWords(error.state)
    case 'invalid-input':
      return inputWords(error.issues, who)
    case 'read-only-account':
      return say(
        'This account is read-only',
        'Nothing was sent.',
        'Turn Read-only off in the account if you want to change things.',
        'edit-account'
      )
    case 'confirmation-expired':
      return say(
        'The confirmation ran out',
        'It is good for one minute and for one time. Nothing was sent.',
        'Confirm again.',
        'none'
      )
    case 'offline':
      return say(
        'No connection',
        `${who} cannot be reached from here. What is shown is what was last known.`,
        'Check the network, then try again.',
        'try-again'
      )
    case 'sample-not-started':
      return say(
        'The sample data could not be started',
        'It is played by a program on this computer, which did not come up. No network is needed for it.',
        'Try again. If it stays so, save the diagnostics file under Settings; it says why.',
        'try-again'
      )
    case 'insecure-connection':
      return say(
        'The connection is not safe',
        'The certificate of the address is not right, so nothing was sent.',
        'Check the API address and the network. There is no way around this.',
        'edit-account'
      )
    case 'timed-out':
      return say(
        `${who} took too long`,
        'No answer came in time. What is shown is what was last known.',
        'Try again in a moment.',
        'try-again'
      )
    case 'outcome-unknown':
      return say(
        'The answer was lost',
        'It was sent, but what became of it is not known yet.',
        'Wait for the check. It is not sent again by itself.',
        'refresh'
      )
    case 'rate-limited':
      return say(
        `${who} asks to slow down`,
        'Too many requests came in a short time.',
        `It goes on by itself. You can try again in ${waitWords(error.retryAfterMs)}.`,
        'try-again'
      )
    case 'provider-refused':
      return say(
        `${who} refused`,
        `It answered ${error.status} and did nothing.`,
        'Change what it names, then try again.',
        'none',
        error.said
      )
    case 'provider-down':
      return say(
        `${who} is having trouble`,
        `It answered ${error.status}. This is on their side.`,
        `Try again later, or see whether ${who} is working.`,
        'check-status'
      )
    case 'unexpected-response':
      return answerWords(error.where)
    case 'not-found':
      return say(
        'Not there',
        `${who} or this computer does not know it any more.`,
        'Refresh to see what there is now.',
        'refresh'
      )
    case 'storage-failed':
      return storageWords(error.reason)
    case 'canceled':
      return say(
        'Called off',
        'Nothing more was done.',
        'Start it again whenever you like.',
        'none'
      )
    case 'bug':
      return say(
        'A fault in the app',
        `Something went wrong that should not. The log has it under ${error.reference}.`,
        'Try again. If it stays so, send the reference along with a report.',
        'try-again'
      )
    default:
      return assertNever(error)
  }
}

/** What Copy details puts on the clipboard. The error holds no secrets by its type. */
export const errorDetails = (error: AppError, version: string | null): string =>
  [`Replica Desk ${version ?? ''}`.trim(), JSON.stringify(error, null, 2)].join('\n')
