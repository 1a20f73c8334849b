import { assertNever } from '../../shared/result.ts'
import type { ReceiptCheck, ReceiptItem, ReceiptOutcome } from '../../verifier/receipt-shape.ts'

/*
 * Words of a receipt. They stand in the signed file itself, so a receipt stays readable when this list has long changed.
 */

type Table = Readonly<Record<string, string>>

/** "video-thumbnails" becomes "Video thumbnails", for codes that this list does not know. */
const spelledOut = (code: string): string => {
  const words = code.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const from = (table: Table, code: string): string => table[code] ?? spelledOut(code)

const kinds: Table = {
  replica: 'Replica',
  video: 'Video',
  conversation: 'Conversation',
  persona: 'Persona',
  model: 'Model',
  version: 'Version'
}

const effects: Table = {
  'training-footage': 'Its training footage',
  'training-footage-perhaps': 'Perhaps its training footage; the provider does not say',
  'video-thumbnails': 'Thumbnails of its videos',
  conversations: 'Conversations held with it',
  'videos-made-with-it': 'Videos made with it',
  'personas-using-it': 'Personas that use it',
  'provider-backups': 'Backups at the provider',
  'model-page': 'The page of the model, and its name',
  'predictions-and-files': 'Predictions and their files',
  trainings: 'Records of its trainings',
  'weights-perhaps': 'Perhaps its weights; the provider does not say'
}

const survivorReasons: Table = {
  kept: 'The person chose to keep it.',
  blocked: 'It was not asked for: something stood in the way.',
  'not-offered': 'The provider offers no way to remove it.',
  'not-known': 'Nobody outside the provider can see it.',
  'not-readable': 'The provider did not answer what this depended on, so it was kept.',
  'not-included': 'This kind of deletion does not take it along.'
}

const unknowns: Table = {
  'provider-may-refuse': 'Whether the provider goes through with everything it accepted.',
  'soft-delete-meaning':
    'What a soft deletion means at the provider: it may keep the data and be able to bring it back.',
  backups: 'Whether and how long the provider keeps backups.',
  'copies-elsewhere': 'Whether copies exist elsewhere: downloads, caches, other people.',
  'listing-incomplete': 'Whether the provider’s lists were complete when this was planned.',
  refund: 'Whether the provider refunds what was paid.',
  weights: 'Whether the provider removes the trained weights.',
  'removal-takes-minutes': 'When the provider ends a removal that it does in the background.'
}

const reasons: Table = {
  'key-missing': 'the account had no key',
  'key-rejected': 'the provider rejected the key',
  'key-changed': 'the account’s key was another one by then',
  'account-changed': 'the account was changed meanwhile',
  'key-damaged': 'the stored key could not be used',
  'keychain-unavailable': 'the keychain could not be read',
  'read-only-account': 'the account was read-only',
  'confirmation-expired': 'the confirmation had expired',
  offline: 'there was no connection',
  'insecure-connection': 'the connection was not safe',
  'timed-out': 'the provider took too long',
  'outcome-unknown': 'the answer was lost',
  'rate-limited': 'the provider asked to slow down',
  'provider-refused': 'the provider refused',
  'invalid-input': 'the provider refused',
  'provider-down': 'the provider had trouble',
  'unexpected-response': 'the answer could not be read',
  'not-found': 'the provider did not know it',
  'storage-failed': 'the step could not be stored here first',
  canceled: 'called off'
}

const gaps: Table = {
  'no-link': 'no link was known',
  gone: 'it was gone',
  'too-large': 'too large',
  unreachable: 'not reachable',
  'broken-off': 'it broke off before its end',
  disk: 'the disk could not take it'
}

const scopes: Table = {
  assets: 'Chosen items',
  likeness: 'Erase a likeness',
  teardown: 'A model with its versions',
  cleanup: 'Old versions of a model',
  person: 'Everything of a person'
}

export const kindText = (kind: string): string => from(kinds, kind)
export const unknownText = (code: string): string => from(unknowns, code)
export const scopeText = (scope: string): string => from(scopes, scope)
export const gapText = (reason: string): string => from(gaps, reason)

/** What stays and why, in one line. */
export const survivorText = (survivor: {
  readonly kind: string
  readonly name: string | null
  readonly reason: string
}): string => {
  const what = effects[survivor.kind] ?? kindText(survivor.kind)
  const named = survivor.name === null ? what : `${what} “${survivor.name}”`
  return `${named}. ${from(survivorReasons, survivor.reason)}`
}

/** How one deletion ended, claiming no more than was answered. */
export const outcomeText = (outcome: ReceiptOutcome | null): string => {
  switch (outcome) {
    case 'done':
      return 'Answered: done'
    case 'accepted':
      return 'Accepted'
    case 'already-gone':
      return 'Was already gone'
    case 'not-found':
      return 'Not known there'
    case 'refused':
      return 'Not deleted'
    case 'unclear':
      return 'No usable answer'
    case 'canceled':
      return 'Canceled, not sent'
    case null:
      return 'No answer yet'
    default:
      return assertNever(outcome)
  }
}

/** What an outcome means, once for all items that share it. */
export const outcomeMeaning = (outcome: ReceiptOutcome | null): string => {
  switch (outcome) {
    case 'done':
      return 'The provider answered the request with success.'
    case 'accepted':
      return 'The provider accepted the request; the checks show what was seen later.'
    case 'already-gone':
      return 'The provider no longer knew what it had listed before.'
    case 'not-found':
      return 'The provider answered that it does not know it. Not counted as deleted; the checks show what was seen.'
    case 'refused':
      return 'Nothing was deleted; the reason stands beside it.'
    case 'unclear':
      return 'It was sent, or about to be, and no answer came that says what happened: see the reason and the checks.'
    case 'canceled':
      return 'It was called off before it was sent.'
    case null:
      return 'No answer is recorded.'
    default:
      return assertNever(outcome)
  }
}

/** Why an item ended as it did: our reason, and the provider's own sentence. */
export const reasonText = (answer: NonNullable<ReceiptItem['answer']>): string | null => {
  const ours = answer.reason === null ? null : from(reasons, answer.reason)
  if (answer.said === null) return ours
  return ours === null ? `“${answer.said}”` : `${ours}: “${answer.said}”`
}

const checkResult = (result: ReceiptCheck['result']): string => {
  switch (result) {
    case 'gone':
      return 'gone'
    case 'says-deleted':
      return 'said to be deleted'
    case 'still-listed':
      return 'still there'
    case 'reachable':
      return 'still reachable'
    case 'unreachable':
      return 'not reachable'
    case 'unknown':
      return 'could not be told'
    default:
      return assertNever(result)
  }
}

/** What a look saw; `links` are those of which the same is true, none for the thing itself. */
export const checkText = (links: readonly string[], result: ReceiptCheck['result']): string =>
  links.length === 0
    ? `Looked up: ${checkResult(result)}`
    : `${spelledOut(links.join(', '))}: ${checkResult(result)}`
