import type { AppError } from '../../../shared/errors.ts'
import type { HttpAnswer } from '../../ports/http-client.ts'
import { cleanText } from '../../rules/clean-text.ts'
import { parseJson } from '../../rules/parse-json.ts'
import { isPage } from '../account-call.ts'
import { readReplicateWaitMs } from './replicate-wait.ts'

/** What was asked for; the same answer means different things to a look and to a change. */
export type Action = 'account' | 'read' | 'remove'

const MAX_SAID = 500
const MAX_PLAIN = 200
/** The HTTP client waits as asked and says how long is left; this is for an answer that got past it. */
const SHORT_PAUSE_MS = 1_000

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A sentence out of whatever stands under `detail`: text, a list of texts, or texts by field. */
const sentenceIn = (value: unknown, depth = 0): string | null => {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  if (depth === 3 || typeof value !== 'object' || value === null) return null
  const parts = Array.isArray(value)
    ? value.slice(0, 10).map((part) => sentenceIn(part, depth + 1))
    : Object.entries(value)
        .slice(0, 10)
        .map(([name, part]) => named(name, sentenceIn(part, depth + 1)))
  return parts.filter((part) => part !== null).join('; ') || null
}

const named = (name: string, said: string | null): string | null =>
  said === null ? null : `${name}: ${said}`

/** `invalid_fields` of a 422, each as `field: description`. */
const invalidFields = (value: unknown): string | null => {
  if (!Array.isArray(value)) return null
  const parts = value.slice(0, 10).map((row: unknown) => {
    if (!isRecord(row)) return null
    const description = sentenceIn(row['description'])
    return typeof row['field'] === 'string' ? named(row['field'], description) : description
  })
  return parts.filter((part) => part !== null).join('; ') || null
}

/** Replicate's own words in a refusal, as sent: its detail or title, and the fields it names. Null if there are none. */
export const readSaid = (answer: HttpAnswer): string | null => {
  if (isPage(answer)) return null
  const json = parseJson(answer.text)
  if (!json.ok) return answer.text.trim().slice(0, MAX_PLAIN) || null
  if (!isRecord(json.value)) return sentenceIn(json.value)
  const { detail, title, error, message, invalid_fields } = json.value
  const sentence =
    sentenceIn(detail) ?? sentenceIn(title) ?? sentenceIn(error) ?? sentenceIn(message)
  return (
    [sentence, invalidFields(invalid_fields)].filter((part) => part !== null).join('; ') || null
  )
}

/**
 * True if the answer says that there is no such thing, or none for this key: Replicate does not tell the two apart. A
 * web page with that status is not believed.
 */
export const saysUnknown = (answer: HttpAnswer): boolean =>
  (answer.status === 404 || answer.status === 410) && !isPage(answer)

const clientError = (
  answer: HttpAnswer,
  action: Action,
  redactText: (text: string) => string
): AppError => {
  const { status } = answer
  const said = readSaid(answer)
  const told = said === null ? null : cleanText(redactText(said), MAX_SAID)
  if (status === 401) return { kind: 'key-rejected', said: told }
  // Nobody is kept from a look at their own account but for the key's sake.
  if (status === 403 && action === 'account') return { kind: 'key-rejected', said: told }
  if (status === 408)
    return action === 'remove' ? { kind: 'outcome-unknown' } : { kind: 'timed-out' }
  if (status === 429) {
    return { kind: 'rate-limited', retryAfterMs: readReplicateWaitMs(answer) ?? SHORT_PAUSE_MS }
  }
  if ((status === 404 || status === 410) && isPage(answer)) {
    return { kind: 'unexpected-response', where: 'not-json' }
  }
  return { kind: 'provider-refused', status, said: told }
}

/** What an answer outside 2xx means. `tell` takes secrets out of Replicate's words. */
export const refusalOf = (
  answer: HttpAnswer,
  action: Action,
  redactText: (text: string) => string
): AppError => {
  const { status } = answer
  // A removal may have begun before the server stumbled, so the outbox takes it for unclear (security R4).
  if (status >= 500) return { kind: 'provider-down', status }
  if (status >= 400) return clientError(answer, action, redactText)
  return { kind: 'unexpected-response', where: status >= 300 ? 'redirect' : 'incomplete' }
}
