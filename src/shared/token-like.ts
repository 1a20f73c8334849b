/** Letters and digits that make a token; what is shorter is guessed, not carried. */
const shortestToken = 16
/** Words of a language are longer than the pieces into which case and digits cut what was drawn at random. */
const shortestMeanPiece = 3
/** So often people do not change between letters and digits without a mark between them. */
const mostTurns = 4
const longestTurningRun = 12
/** Less than in any word of a language; text without digits is judged by it. */
const fewestVowels = 0.2

const ending = /\.[a-z][a-z0-9]{1,4}$/i
const pieces = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+/g
const turns = /[a-z](?=[0-9])|[0-9](?=[a-z])/gi

const shapes: readonly RegExp[] = [
  // A UUID, even one that happens to have no letter.
  /(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])/i,
  /(?<![a-z0-9])r8_[a-z0-9]{8,}/i,
  /(?<![a-z0-9])(?:sk|pk|rk)[-_][a-z0-9_-]{16,}/i,
  /(?<![a-z0-9])(?:AKIA|ASIA|AROA|AIDA)[A-Z0-9]{12,}/i,
  /(?<![a-z0-9])eyJ[a-z0-9_-]{8,}/i,
  /(?<![a-z0-9])(?:gh[opsru]|github_pat|glpat|hf|npm|xox[abeoprs])[-_][a-z0-9_-]{10,}/i,
  /(?<![a-z0-9])AIza[a-z0-9_-]{20,}/i,
  /(?<![a-z0-9])(?:ya29\.|SG\.|dp\.pt\.)[a-z0-9_.-]{10,}/i
]

/**
 * True for a part of a path that may be what grants access: the shape of a known key, or text that looks drawn and
 * not written (a checksum, a UUID, base 32, 36, 62 or 64). An ending such as `.mp4` does not count. Rather true for an
 * odd name than false for a token.
 */
export const isTokenLike = (segment: string): boolean => {
  if (shapes.some((shape) => shape.test(segment))) return true
  // Tokens are spelled in ASCII; letters of words keep what they are without their marks.
  const stem = segment.replace(ending, '').normalize('NFD').replace(/\p{M}/gu, '')
  const runs = stem.match(/[A-Za-z0-9]+/g) ?? []
  const letters = runs.join('')
  if (letters.length < shortestToken) return false
  if (/^[0-9a-f]+$/i.test(letters)) return /[a-f]/i.test(letters) && /\d/.test(letters)
  const isTurning = (run: string): boolean =>
    run.length >= longestTurningRun && countOf(run, turns) >= mostTurns
  if (runs.some(isTurning)) return true
  if (/^[A-Za-z]+$/.test(letters) && countOf(letters, /[aeiouy]/gi) < letters.length * fewestVowels)
    return true
  return letters.length / Math.max(countOf(stem, pieces), 1) < shortestMeanPiece
}

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0
