/** Longest message that crosses the border, about as long as JSON would be (security I3). */
export const mostMessageChars = 256 * 1024

/** Deeper than anything in the contract. */
const mostLevels = 16
/** What a value takes beside its letters: a comma, a colon, quotes. */
const pieceCost = 2

/**
 * True for plain data of at most `budget` characters: texts, numbers, booleans, null, and lists and objects of them.
 *
 * Looks at no more than the budget pays for, whatever a value claims to be: a list costs its length before it is gone
 * through, and what is met twice is paid for twice. No plain data: lists with holes, typed arrays and buffers, `Map`,
 * `Set`, `Date`, `Error` and the like, BigInt, cyclic values. An object's field may be `undefined`.
 */
export const isPlainMessage = (message: unknown, budget: number): boolean => {
  let left = budget

  const pay = (characters: number): boolean => {
    left -= characters + pieceCost
    return left >= 0
  }

  const isPlainList = (list: readonly unknown[], level: number): boolean => {
    if (!pay(list.length)) return false
    for (let index = 0; index < list.length; index += 1) {
      if (!(index in list) || !isPlain(list[index], level)) return false
    }
    // Fields beside its items: no list of the contract has any.
    return Object.keys(list).length === list.length
  }

  const isPlainObject = (value: object, level: number): boolean => {
    const kind: unknown = Object.getPrototypeOf(value)
    if (kind !== Object.prototype && kind !== null) return false
    if (!pay(0)) return false
    for (const key in value) {
      const field: unknown = Reflect.get(value, key)
      if (!pay(key.length)) return false
      if (field !== undefined && !isPlain(field, level)) return false
    }
    return true
  }

  const isPlain = (value: unknown, level: number): boolean => {
    if (value === null || typeof value === 'boolean' || typeof value === 'number') return pay(4)
    if (typeof value === 'string') return pay(value.length)
    if (typeof value !== 'object' || level === mostLevels) return false
    return Array.isArray(value) ? isPlainList(value, level + 1) : isPlainObject(value, level + 1)
  }

  return isPlain(message, 0)
}
