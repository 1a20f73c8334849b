/** True if one slip makes one text of the other: a letter more, less or wrong, or two of them swapped. */
export const isOneSlipAway = (one: string, other: string): boolean => {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (long.length - short.length > 1) return false
  let at = 0
  while (at < short.length && short[at] === long[at]) at += 1
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1)
  const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at]
  return (
    short.slice(at + 1) === long.slice(at + 1) ||
    (isSwapped && short.slice(at + 2) === long.slice(at + 2))
  )
}

/** The same for what was typed and the beginning of a word. */
export const beginsWithSlip = (word: string, typed: string): boolean =>
  [typed.length - 1, typed.length, typed.length + 1].some((length) =>
    isOneSlipAway(typed, word.slice(0, length))
  )
