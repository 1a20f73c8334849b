import type { AppError, FieldIssue } from '../../shared/errors.ts'
import type { MessageId } from '../../shared/messages/message-values.ts'
import { t } from '../../shared/messages/messages.ts'
import { assertNever } from '../../shared/result.ts'
import { issueText, whoValue } from './issue-words.ts'
import { countOfKind } from './kind-words.ts'
import { allOf, waitWords } from './time-words.ts'

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
): ErrorWords => ({ title, meaning, advice, said, remedy })

/** Errors whose words are always the same. */
type FixedError = {
  [Id in MessageId]: Id extends `error.${infer Name}.meaning` ? Name : never
}[MessageId]

const fixed = (name: FixedError, remedy: Remedy): ErrorWords =>
  say(t(`error.${name}.title`), t(`error.${name}.meaning`), t(`error.${name}.advice`), remedy)

const answerRemedies = {
  redirect: 'edit-account',
  'too-large': 'try-again',
  'not-json': 'try-again',
  shape: 'try-again',
  incomplete: 'refresh',
  endless: 'try-again'
} as const satisfies Record<Extract<AppError, { kind: 'unexpected-response' }>['where'], Remedy>

const storageRemedies = {
  'disk-full': 'try-again',
  damaged: 'none',
  'newer-version': 'none',
  'no-access': 'open-settings',
  other: 'try-again'
} as const satisfies Record<Extract<AppError, { kind: 'storage-failed' }>['reason'], Remedy>

const fileReasons = ['disk-full', 'no-access', 'other'] as const

/** Reasons of our own for not sending something that was confirmed. */
const heldBackCodes: ReadonlySet<string> = new Set(['stays', 'pinned', 'blocked', 'twin'])

const inputWords = (issues: readonly FieldIssue[], who: string | null): ErrorWords => {
  const first = issues[0]
  if (first === undefined) return fixed('invalid-input', 'none')
  const meaning = issueText(first, who)
  return heldBackCodes.has(first.code)
    ? say(t('error.held-back.title'), meaning, t('error.held-back.advice'), 'none')
    : { ...fixed('invalid-input', 'none'), meaning, said: first.said }
}

type ByProvider = Extract<
  AppError,
  {
    kind:
      | 'key-missing'
      | 'key-rejected'
      | 'offline'
      | 'timed-out'
      | 'rate-limited'
      | 'provider-refused'
      | 'provider-down'
      | 'not-found'
  }
>

type UsedBy = NonNullable<Extract<AppError, { kind: 'provider-refused' }>['usedBy']>

/** A refusal because something uses the thing, with the way out. */
const inUseWords = (usedBy: UsedBy, by: { readonly who: string }): ErrorWords => {
  const counted = (['replica', 'persona'] as const).flatMap((kind) => {
    const count = usedBy[kind] ?? 0
    return count === 0 ? [] : [countOfKind(count, kind)]
  })
  return say(
    t('providerError.inUse.title'),
    counted.length === 0
      ? t('providerError.inUse.uncounted', by)
      : t('providerError.inUse.meaning', { ...by, uses: allOf(counted) }),
    t('providerError.inUse.advice'),
    'try-again'
  )
}

/** A change that was not made, or is not live, with the way out. */
const unchangedWords = (why: 'stale' | 'draft', by: { readonly who: string }): ErrorWords =>
  say(t(`providerError.${why}.title`), t(`providerError.${why}.meaning`, by), '', 'try-again')

/** Errors in whose words the provider is named. */
const providerWords = (error: ByProvider, by: { readonly who: string }): ErrorWords => {
  switch (error.kind) {
    case 'key-missing':
      return say(
        t('providerError.keyMissing.title'),
        t('providerError.keyMissing.meaning', by),
        t('providerError.keyMissing.advice'),
        'edit-account'
      )
    case 'key-rejected':
      return say(
        t('providerError.keyRejected.title', by),
        t('providerError.keyRejected.meaning'),
        t('providerError.keyRejected.advice'),
        'edit-account',
        error.said
      )
    case 'offline':
      return say(
        t('providerError.offline.title'),
        t('providerError.offline.meaning', by),
        t('providerError.offline.advice'),
        'try-again'
      )
    case 'timed-out':
      return say(
        t('providerError.timedOut.title', by),
        t('providerError.timedOut.meaning'),
        t('providerError.timedOut.advice'),
        'try-again'
      )
    case 'rate-limited':
      return say(
        t('providerError.rateLimited.title', by),
        t('providerError.rateLimited.meaning'),
        t('providerError.rateLimited.advice', { wait: waitWords(error.retryAfterMs) }),
        'try-again'
      )
    case 'provider-refused':
      if (error.usedBy !== undefined) return inUseWords(error.usedBy, by)
      if (error.why !== undefined) return unchangedWords(error.why, by)
      return say(
        t('providerError.refused.title', by),
        t('providerError.refused.meaning', { status: String(error.status) }),
        t('providerError.refused.advice'),
        'none',
        error.said
      )
    case 'provider-down':
      return say(
        t('providerError.down.title', by),
        t('providerError.down.meaning', { status: String(error.status) }),
        t('providerError.down.advice', by),
        'check-status'
      )
    case 'not-found':
      return say(
        t('providerError.notFound.title'),
        t('providerError.notFound.meaning', by),
        t('providerError.notFound.advice'),
        'refresh'
      )
    default:
      return assertNever(error)
  }
}

/** What happened, what it means, what to do: for every failure there is. `who` is the provider, if one is meant. */
export const describeError = (error: AppError, who: string | null = null): ErrorWords => {
  switch (error.kind) {
    case 'signing-key-lost':
      return fixed(`signing-key-${error.how}`, 'none')
    case 'keychain-unavailable':
      return fixed(`keychain-${error.state}`, 'try-again')
    case 'invalid-input':
      return inputWords(error.issues, who)
    case 'unexpected-response':
      return fixed(`answer-${error.where}`, answerRemedies[error.where])
    case 'storage-failed':
      return fixed(`storage-${error.reason}`, storageRemedies[error.reason])
    case 'backup-refused':
      return fixed(`backup-${error.why}`, 'none')
    case 'made-elsewhere':
      return fixed(error.kind, 'none')
    case 'bucket-failed':
      return fixed(`bucket-${error.trouble}`, 'try-again')
    case 'key-damaged':
    case 'read-only-account':
    case 'insecure-connection':
      return fixed(error.kind, 'edit-account')
    case 'account-changed':
    case 'sample-not-started':
      return fixed(error.kind, 'try-again')
    case 'key-changed':
    case 'confirmation-expired':
    case 'canceled':
      return fixed(error.kind, 'none')
    case 'outcome-unknown':
      return fixed(error.kind, 'refresh')
    case 'busy':
      return fixed(`busy-${error.with}`, 'try-again')
    case 'bug':
      return say(
        t('appError.bug.title'),
        t('appError.bug.meaning', { reference: error.reference }),
        t('appError.bug.advice'),
        'try-again'
      )
    default:
      return providerWords(error, whoValue(who))
  }
}

/** What Copy details puts on the clipboard. The error holds no secrets by its type. */
export const errorDetails = (error: AppError, version: string | null): string =>
  [`${t('app.name')} ${version ?? ''}`.trim(), JSON.stringify(error, null, 2)].join('\n')

/** Where a file was to be written that the person chose: the data folder has no part in that. */
export const describeFileError = (error: AppError, who: string | null = null): ErrorWords => {
  const reason =
    error.kind === 'storage-failed' ? fileReasons.find((one) => one === error.reason) : undefined
  return reason === undefined ? describeError(error, who) : fixed(`file-${reason}`, 'try-again')
}
