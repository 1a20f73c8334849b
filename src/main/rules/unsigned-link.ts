/** Words that carry a signature in the path rather than in the query. */
const signedPath = /(?:hmac|signature|token|policy|exp(?:ires)?)=|[~;]sig/i

/** True if the link opens nothing that its bare address would not: it may be kept on disk (security D8). */
export const isUnsignedLink = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const isBare = url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return isBare && !signedPath.test(url.pathname)
}
