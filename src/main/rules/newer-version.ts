const numbersOf = (version: string): readonly number[] => version.split('.').map(Number)

/** Whether a version, three numbers with dots between, comes after another. What is no version comes after none. */
export const isNewerVersion = (version: string, than: string): boolean => {
  const [left, right] = [numbersOf(version), numbersOf(than)]
  if (![...left, ...right].every(Number.isSafeInteger)) return false
  const at = left.findIndex((number, index) => number !== (right[index] ?? 0))
  return at !== -1 && (left[at] ?? 0) > (right[at] ?? 0)
}
