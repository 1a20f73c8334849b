/** A map of texts that lets go of the oldest once it holds more characters than it may. */
export interface BoundedMap<T> {
  get(key: string): T | undefined
  has(key: string): boolean
  /** A key that is set anew counts as new. */
  set(key: string, value: T): void
}

/** `sizeOf`: how many characters a value holds. The newest is kept whatever its size. */
export const createBoundedMap = <T>(
  mostCharacters: number,
  sizeOf: (value: T) => number
): BoundedMap<T> => {
  const held = new Map<string, T>()
  let characters = 0
  const drop = (key: string, value: T): void => {
    held.delete(key)
    characters -= key.length + sizeOf(value)
  }
  return {
    get: (key) => held.get(key),
    has: (key) => held.has(key),
    set: (key, value) => {
      const before = held.get(key)
      if (before !== undefined) drop(key, before)
      held.set(key, value)
      characters += key.length + sizeOf(value)
      for (const [oldest, old] of held) {
        if (characters <= mostCharacters || oldest === key) break
        drop(oldest, old)
      }
    }
  }
}
