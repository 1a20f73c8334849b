import { draftFieldNames, draftFields } from '../../../shared/catalogue/draft-fields.ts'
import type { TargetKind } from '../../../shared/catalogue/kinds.ts'
import type { AppError, FieldIssue } from '../../../shared/errors.ts'
import type { HttpAnswer } from '../../ports/http-client.ts'
import { cleanText } from '../../rules/clean-text.ts'
import { parseJson } from '../../rules/parse-json.ts'
import { isPage } from '../account-call.ts'

/** What was asked for; the same answer means different things to a look and to a change. */
export type Action = 'read' | 'create' | 'rename' | 'remove'

const MAX_SAID = 500
/** The HTTP client waits as asked and says how long is left; this is for an answer that got past it. */
const SHORT_PAUSE_MS = 1_000

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A sentence out of whatever stands under `error`, `message` or `detail`. */
const sentenceIn = (value: unknown, depth = 0): string | null => {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  if (depth === 3) return null
  if (Array.isArray(value)) {
    const parts = value.slice(0, 10).map((part) => sentenceIn(part, depth + 1))
    return parts.filter((part) => part !== null).join('; ') || null
  }
  if (!isRecord(value)) return null
  const said = sentenceIn(value['msg'] ?? value['message'], depth + 1)
  if (said === null) return null
  return Array.isArray(value['loc']) ? `${value['loc'].join('.')}: ${said}` : said
}

/** Tavus's own words in a refusal, as sent. Null if there are none. */
export const readSaid = (answer: HttpAnswer): string | null => {
  if (isPage(answer)) return null
  const json = parseJson(answer.text)
  if (!json.ok) return answer.text.trim().slice(0, 200) || null
  if (!isRecord(json.value)) return null
  const { error, message, detail } = json.value
  return sentenceIn(error) ?? sentenceIn(message) ?? sentenceIn(detail)
}

const unknownId: Readonly<Partial<Record<TargetKind, RegExp>>> = {
  replica: /\binvalid (?:replica|face)[_ ](?:uu)?id\b/i,
  video: /\binvalid video[_ ](?:uu)?id\b/i,
  voice: /\b(?:invalid voice[_ ](?:uu)?id|voice not found)\b/i,
  conversation: /\binvalid conversation[_ ](?:uu)?id\b/i,
  persona: /\binvalid (?:persona|pal)[_ ](?:uu)?id\b/i,
  page: /\b(?:invalid deployment[_ ](?:uu)?id|deployment not found)\b/i
}

/**
 * True if the answer says that the asset does not exist. Tavus says so with 400 and a sentence; 404 and 410 are
 * believed as well, unless they come as a web page, which is some other server's.
 */
export const saysUnknown = (answer: HttpAnswer, kind: TargetKind): boolean => {
  if (answer.status === 404 || answer.status === 410) return !isPage(answer)
  return answer.status === 400 && unknownId[kind]?.test(readSaid(answer) ?? '') === true
}

const issuesIn = (said: string | null, told: string | null): readonly FieldIssue[] =>
  draftFieldNames
    .filter((field) => said !== null && draftFields[field].refusal?.test(said) === true)
    .map((field) => ({ field, code: 'refused-by-provider', said: told }))

const clientError = (
  answer: HttpAnswer,
  action: Action,
  redactText: (text: string) => string
): AppError => {
  const { status } = answer
  const said = readSaid(answer)
  const told = said === null ? null : cleanText(redactText(said), MAX_SAID)
  if (status === 401) return { kind: 'key-rejected', said: told }
  // A look at one's own assets is refused for the key's sake; a change may be refused for the asset's.
  if (status === 403 && action === 'read') return { kind: 'key-rejected', said: told }
  if (status === 408) return action === 'read' ? { kind: 'timed-out' } : { kind: 'outcome-unknown' }
  if (status === 429) return { kind: 'rate-limited', retryAfterMs: SHORT_PAUSE_MS }
  if ((status === 404 || status === 410) && isPage(answer)) {
    return { kind: 'unexpected-response', where: 'not-json' }
  }
  if (action === 'create' && (status === 400 || status === 422)) {
    const issues = issuesIn(said, told)
    if (issues.length > 0) return { kind: 'invalid-input', issues: [...issues] }
  }
  return { kind: 'provider-refused', status, said: told }
}

type UsedBy = Extract<AppError, { kind: 'provider-refused' }>['usedBy']

/** A number, or as many as there are in a list. */
const countIn = (value: unknown): number | null => {
  if (Array.isArray(value)) return value.length
  if (isRecord(value)) return countIn(value['count'] ?? value['total'] ?? null)
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : null
}

/** How often a voice is used, out of a refusal whose exact form is not documented. Source: tavus.md 3.5. */
export const readUsedBy = (answer: HttpAnswer): NonNullable<UsedBy> => {
  const json = isPage(answer) ? null : parseJson(answer.text)
  const body = json?.ok === true && isRecord(json.value) ? json.value : {}
  const told = body['used_by'] ?? (isRecord(body['error']) ? body['error']['used_by'] : null)
  const count = (names: RegExp): number | null => {
    const found = isRecord(told) ? Object.entries(told).find(([name]) => names.test(name)) : null
    return found === null || found === undefined ? null : countIn(found[1])
  }
  return { replica: count(/face|replica/i), persona: count(/pal|persona/i) }
}

/** What an answer outside 2xx means. `tell` takes secrets out of Tavus's words. */
export const refusalOf = (
  answer: HttpAnswer,
  action: Action,
  redactText: (text: string) => string
): AppError => {
  if (answer.status >= 500) {
    // The change may have been made before the server stumbled (security R4).
    return action === 'read' || action === 'remove'
      ? { kind: 'provider-down', status: answer.status }
      : { kind: 'outcome-unknown' }
  }
  if (answer.status >= 400) return clientError(answer, action, redactText)
  return { kind: 'unexpected-response', where: answer.status >= 300 ? 'redirect' : 'incomplete' }
}

/**
 * True if a 2xx answer to a change can be Tavus's. Nothing at all is normal. A web page (the sign-in page of a
 * network), half an answer, or one about another asset is not.
 */
export const isCredible = (answer: HttpAnswer, spokenOf: (json: unknown) => boolean): boolean => {
  if (isPage(answer)) return false
  const text = answer.text.trim()
  if (text === '') return true
  const json = parseJson(text)
  return json.ok ? spokenOf(json.value) : !/^[[{]/.test(text)
}
