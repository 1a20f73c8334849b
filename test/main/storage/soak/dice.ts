import { createHash } from 'node:crypto'

export interface Dice {
  /** A whole number from 0 on, below a limit. */
  below(limit: number): number
  oneOf<T>(choices: readonly [T, ...T[]]): T
}

/** Falls the same way for the same seed, so that a round can be repeated. */
export const createDice = (seed: string): Dice => {
  let thrown = 0
  const below = (limit: number): number => {
    thrown += 1
    const digest = createHash('sha256').update(`${seed}/${thrown}`).digest()
    return digest.readUIntBE(0, 6) % limit
  }
  return { below, oneOf: (choices) => choices[below(choices.length)] ?? choices[0] }
}
