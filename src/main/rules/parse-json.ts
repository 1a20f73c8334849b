import { fail, ok, type Result } from '../../shared/result.ts'

const deepestLevel = 64
const prototypeKeys = ['__proto__', 'constructor', 'prototype']
const notJson = () => fail({ kind: 'unexpected-response', where: 'not-json' })

/**
 * Parses JSON from a stranger. Keys that reach for a prototype are left out; text that is no JSON, is nested more
 * than 64 levels deep, or holds a number too large to be one, is `unexpected-response{not-json}`.
 */
export const parseJson = (text: string): Result<unknown> => {
  const source = text.startsWith('\ufeff') ? text.slice(1) : text
  if (isTooDeep(source)) return notJson()
  try {
    const value: unknown = JSON.parse(source)
    return isClean(value) ? ok(value) : notJson()
  } catch (error) {
    if (error instanceof SyntaxError) return notJson()
    throw error
  }
}

/** Looks at brackets only, before parsing: what walks the value later may do so by recursion. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  let isInString = false
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index]
    if (char === '"') isInString = !isInString
    else if (char === '\\' && isInString) index += 1
    else if (isInString) continue
    else if (char === '[' || char === '{') depth += 1
    else if (char === ']' || char === '}') depth -= 1
    if (depth > deepestLevel) return true
  }
  return false
}

/** Takes prototype keys out on the way; false if a number is not finite. */
const isClean = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  for (const key of prototypeKeys) {
    if (Object.hasOwn(value, key)) Reflect.deleteProperty(value, key)
  }
  return Object.values(value).every(isClean)
}
