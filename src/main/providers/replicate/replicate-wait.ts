import type { HttpAnswer } from '../../ports/http-client.ts'
import { parseJson } from '../../rules/parse-json.ts'

/** "Your rate limit resets in ~30s." */
const SAID = /\b(?:in|after|for)\s+~?(\d{1,6}(?:\.\d{1,6})?)\s*(ms|s|m|seconds?|minutes?)\b/i
const SECONDS = /^\s*\d{1,9}(?:\.\d{1,9})?\s*$/

const unitMs = (unit: string): number => {
  if (unit.toLowerCase() === 'ms') return 1
  return unit.toLowerCase().startsWith('m') ? 60_000 : 1_000
}

const secondsMs = (value: unknown): number | null => {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && SECONDS.test(value))
  return isNumber ? Math.ceil(Number(value) * 1_000) : null
}

const saidMs = (text: string): number | null => {
  const [, number, unit] = SAID.exec(text.slice(0, 2_000)) ?? []
  return number === undefined || unit === undefined
    ? null
    : Math.ceil(Number(number) * unitMs(unit))
}

const bodyMs = (text: string): number | null => {
  const json = parseJson(text)
  const isRecord = json.ok && typeof json.value === 'object' && json.value !== null
  return isRecord ? secondsMs(Reflect.get(json.value, 'retry_after')) : null
}

/**
 * How long a 429 asks to be waited for beside `Retry-After`, of which no answer was ever seen: in the body, in its
 * sentence, or in the header that tells when the limit starts anew. The longest counts.
 */
export const readReplicateWaitMs = ({ status, headers, text }: HttpAnswer): number | null => {
  if (status !== 429) return null
  const waits = [bodyMs(text), saidMs(text), secondsMs(headers['ratelimit-reset'])]
  const told = waits.filter((waitMs) => waitMs !== null)
  return told.length === 0 ? null : Math.max(...told)
}
